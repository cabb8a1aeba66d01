package dev.heddle.migrate;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.core.migration.CollectionShape;
import dev.heddle.core.migration.Place;
import dev.heddle.core.migration.StoredObject;
import dev.heddle.core.migration.StoredVector;
import io.netty.buffer.ByteBufOutputStream;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Objects as the REST API writes them. Vectors never become a tree: they are nine tenths of a page. */
final class RestJson {
    static final JsonMapper MAPPER = JsonMapper.builder(new JsonFactoryBuilder()
                    .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                    .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
                    .build())
            .build();

    private RestJson() {}

    /** The reply to {@code GET /v1/objects}. @param bytes of the reply, shared out evenly */
    static List<StoredObject> objects(InputStream body, CollectionShape shape, long bytes)
            throws IOException, MigrationException {
        try (var parser = MAPPER.createParser(body)) {
            expect(parser.nextToken(), JsonToken.START_OBJECT, "an object");
            var objects = new ArrayList<Draft>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                var field = parser.currentName();
                var token = parser.nextToken();
                if (!field.equals("objects") || token == JsonToken.VALUE_NULL) {
                    parser.skipChildren();
                    continue;
                }
                expect(token, JsonToken.START_ARRAY, "a list of objects");
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    objects.add(object(parser));
                }
            }
            var share = objects.isEmpty() ? 0 : bytes / objects.size();
            var list = new ArrayList<StoredObject>(objects.size());
            for (var draft : objects) {
                list.add(draft.object(shape, share));
            }
            return list;
        }
    }

    private static final class Draft {
        private UUID id;
        private long created;
        private long updated;
        private ObjectNode properties = MAPPER.createObjectNode();
        private final Map<String, StoredVector> vectors = new LinkedHashMap<>();

        StoredObject object(CollectionShape shape, long bytes) throws MigrationException {
            if (id == null) {
                throw new MigrationException.Malformed("an object without an id");
            }
            var references = new LinkedHashMap<String, List<String>>();
            for (var property : shape.references()) {
                var beacons = new ArrayList<String>();
                var value = properties.remove(property.name());
                if (value != null) {
                    value.forEach(one -> beacons.add(one.path("beacon").asText()));
                }
                if (!beacons.isEmpty()) {
                    references.put(property.name(), List.copyOf(beacons));
                }
            }
            return new StoredObject(
                    id, properties, vectors, references, new StoredObject.Times(created, updated), bytes);
        }
    }

    private static Draft object(JsonParser parser) throws IOException, MigrationException {
        expect(parser.currentToken(), JsonToken.START_OBJECT, "an object");
        var draft = new Draft();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            var token = parser.nextToken();
            if (token == JsonToken.VALUE_NULL) {
                continue;
            }
            switch (field) {
                case "id" -> draft.id = id(parser.getText());
                case "creationTimeUnix" -> draft.created = parser.getValueAsLong();
                case "lastUpdateTimeUnix" -> draft.updated = parser.getValueAsLong();
                case "properties" -> draft.properties = properties(parser);
                case "vector" -> vector(parser).ifPresent(vector -> draft.vectors.put("", vector));
                case "vectors" -> vectors(parser, draft.vectors);
                default -> parser.skipChildren();
            }
        }
        return draft;
    }

    static UUID id(String text) throws MigrationException {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notOne) {
            throw new MigrationException.Malformed("\"%s\" is no id".formatted(text));
        }
    }

    private static ObjectNode properties(JsonParser parser) throws IOException, MigrationException {
        if (!(MAPPER.readTree(parser) instanceof ObjectNode properties)) {
            throw new MigrationException.Malformed("properties are no object");
        }
        properties.properties().removeIf(entry -> entry.getValue().isNull());
        return properties;
    }

    private static void vectors(JsonParser parser, Map<String, StoredVector> vectors)
            throws IOException, MigrationException {
        expect(parser.currentToken(), JsonToken.START_OBJECT, "vectors by name");
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = parser.currentName();
            parser.nextToken();
            vector(parser).ifPresent(vector -> vectors.put(name, vector));
        }
    }

    private static Optional<StoredVector> vector(JsonParser parser) throws IOException, MigrationException {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        expect(parser.currentToken(), JsonToken.START_ARRAY, "a vector");
        if (parser.nextToken() == JsonToken.START_ARRAY) {
            var rows = new ArrayList<float[]>();
            while (parser.currentToken() == JsonToken.START_ARRAY) {
                parser.nextToken();
                rows.add(numbers(parser));
                parser.nextToken();
            }
            return Optional.of(new StoredVector.Multi(rows.toArray(float[][]::new)));
        }
        var values = numbers(parser);
        return values.length == 0 ? Optional.empty() : Optional.of(new StoredVector.Single(values));
    }

    /** From the token after the bracket to the closing one. */
    private static float[] numbers(JsonParser parser) throws IOException, MigrationException {
        var values = new float[256];
        var count = 0;
        while (parser.currentToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() == null || !parser.currentToken().isNumeric()) {
                throw new MigrationException.Malformed("a vector with something else than numbers in it");
            }
            if (count == values.length) {
                values = Arrays.copyOf(values, 2 * count);
            }
            values[count++] = parser.getFloatValue();
            parser.nextToken();
        }
        return Arrays.copyOf(values, count);
    }

    static void expect(JsonToken there, JsonToken wanted, String what) throws MigrationException {
        if (there != wanted) {
            throw new MigrationException.Malformed("expected " + what);
        }
    }

    /** The body of {@code POST /v1/batch/objects}. */
    static Buffer batch(Place place, List<StoredObject> objects) {
        var bytes = objects.stream().mapToLong(StoredObject::bytes).sum();
        var buffer = Unpooled.buffer((int) Math.clamp(bytes + bytes / 8, 1 << 12, 64 << 20));
        try (var generator = MAPPER.createGenerator((OutputStream) new ByteBufOutputStream(buffer))) {
            generator.writeStartObject();
            generator.writeArrayFieldStart("objects");
            for (var object : objects) {
                write(generator, place, object);
            }
            generator.writeEndArray();
            generator.writeEndObject();
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
        return Buffer.buffer(buffer);
    }

    private static void write(JsonGenerator generator, Place place, StoredObject object) throws IOException {
        generator.writeStartObject();
        generator.writeStringField("class", place.collection());
        generator.writeStringField("id", object.id().toString());
        if (place.tenant().isPresent()) {
            generator.writeStringField("tenant", place.tenant().get());
        }
        generator.writeFieldName("properties");
        MAPPER.writeTree(generator, object.properties());
        var unnamed = object.vectors().get("");
        if (unnamed != null) {
            generator.writeFieldName("vector");
            write(generator, unnamed);
        }
        if (object.vectors().size() > (unnamed == null ? 0 : 1)) {
            generator.writeObjectFieldStart("vectors");
            for (var vector : object.vectors().entrySet()) {
                if (!vector.getKey().isEmpty()) {
                    generator.writeFieldName(vector.getKey());
                    write(generator, vector.getValue());
                }
            }
            generator.writeEndObject();
        }
        generator.writeEndObject();
    }

    private static void write(JsonGenerator generator, StoredVector vector) throws IOException {
        generator.writeStartArray();
        switch (vector) {
            case StoredVector.Single(var values) -> numbers(generator, values);
            case StoredVector.Multi(var rows) -> {
                for (var row : rows) {
                    generator.writeStartArray();
                    numbers(generator, row);
                    generator.writeEndArray();
                }
            }
        }
        generator.writeEndArray();
    }

    private static void numbers(JsonGenerator generator, float[] values) throws IOException {
        for (var value : values) {
            generator.writeNumber(value);
        }
    }
}
