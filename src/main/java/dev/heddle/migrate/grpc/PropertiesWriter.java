package dev.heddle.migrate.grpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.NullValue;
import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import dev.heddle.migrate.MigrationException;
import dev.heddle.migrate.wire.BatchObject;
import dev.heddle.migrate.wire.BooleanArrayProperties;
import dev.heddle.migrate.wire.NumberArrayProperties;
import dev.heddle.migrate.wire.ObjectArrayProperties;
import dev.heddle.migrate.wire.ObjectProperties;
import dev.heddle.migrate.wire.ObjectPropertiesValue;
import dev.heddle.migrate.wire.TextArrayProperties;
import java.util.stream.StreamSupport;

/**
 * Properties, as the REST API tells them, in the form in which a batch takes them. Weaviate makes a map of them again
 * and checks it by its schema, so kinds of JSON are enough: a geo coordinate is an object, a date is a text.
 */
final class PropertiesWriter {
    private PropertiesWriter() {}

    static BatchObject.Properties write(ObjectNode properties) throws MigrationException {
        var value = object(properties);
        return BatchObject.Properties.newBuilder()
                .setNonRefProperties(value.getNonRefProperties())
                .addAllNumberArrayProperties(value.getNumberArrayPropertiesList())
                .addAllTextArrayProperties(value.getTextArrayPropertiesList())
                .addAllBooleanArrayProperties(value.getBooleanArrayPropertiesList())
                .addAllObjectProperties(value.getObjectPropertiesList())
                .addAllObjectArrayProperties(value.getObjectArrayPropertiesList())
                .addAllEmptyListProps(value.getEmptyListPropsList())
                .build();
    }

    private static ObjectPropertiesValue object(ObjectNode properties) throws MigrationException {
        var value = ObjectPropertiesValue.newBuilder();
        var single = Struct.newBuilder();
        for (var property : properties.properties()) {
            var name = property.getKey();
            switch (property.getValue()) {
                case ObjectNode object ->
                    value.addObjectProperties(
                            ObjectProperties.newBuilder().setPropName(name).setValue(object(object)));
                case ArrayNode array -> list(value, name, array);
                case JsonNode scalar -> single.putFields(name, scalar(name, scalar));
            }
        }
        return value.setNonRefProperties(single).build();
    }

    private static Value scalar(String name, JsonNode scalar) throws MigrationException {
        return switch (scalar.getNodeType()) {
            case STRING -> Value.newBuilder().setStringValue(scalar.textValue()).build();
            case NUMBER ->
                Value.newBuilder().setNumberValue(scalar.doubleValue()).build();
            case BOOLEAN ->
                Value.newBuilder().setBoolValue(scalar.booleanValue()).build();
            case NULL -> Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
            default -> throw unfit(name);
        };
    }

    private static void list(ObjectPropertiesValue.Builder value, String name, ArrayNode array)
            throws MigrationException {
        if (array.isEmpty()) {
            value.addEmptyListProps(name);
        } else if (all(array, JsonNode::isNumber)) {
            // Whole numbers too: Weaviate holds them as float64, and this form has room for each of these.
            value.addNumberArrayProperties(NumberArrayProperties.newBuilder()
                    .setPropName(name)
                    .setValuesBytes(VectorBytes.bytes(
                            stream(array).mapToDouble(JsonNode::doubleValue).toArray())));
        } else if (all(array, JsonNode::isTextual)) {
            value.addTextArrayProperties(TextArrayProperties.newBuilder()
                    .setPropName(name)
                    .addAllValues(stream(array).map(JsonNode::textValue).toList()));
        } else if (all(array, JsonNode::isBoolean)) {
            value.addBooleanArrayProperties(BooleanArrayProperties.newBuilder()
                    .setPropName(name)
                    .addAllValues(stream(array).map(JsonNode::booleanValue).toList()));
        } else if (all(array, JsonNode::isObject)) {
            value.addObjectArrayProperties(objects(name, array));
        } else {
            throw unfit(name);
        }
    }

    private static ObjectArrayProperties objects(String name, ArrayNode array) throws MigrationException {
        var objects = ObjectArrayProperties.newBuilder().setPropName(name);
        for (var element : array) {
            objects.addValues(object((ObjectNode) element));
        }
        return objects.build();
    }

    private static boolean all(ArrayNode array, java.util.function.Predicate<JsonNode> kind) {
        return stream(array).allMatch(kind);
    }

    private static java.util.stream.Stream<JsonNode> stream(ArrayNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static MigrationException unfit(String name) {
        return new MigrationException.Impossible("property %s holds a list that gRPC has no form for".formatted(name));
    }
}
