package dev.heddle.migrate.grpc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.google.protobuf.ByteString;
import dev.heddle.migrate.MigrationException;
import dev.heddle.migrate.wire.GeoCoordinate;
import dev.heddle.migrate.wire.ListValue;
import dev.heddle.migrate.wire.PhoneNumber;
import dev.heddle.migrate.wire.Properties;
import dev.heddle.migrate.wire.Value;
import java.util.List;

/** An object's properties as the REST API would have told them. */
final class PropertiesReader {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private PropertiesReader() {}

    /** Properties without a value are left out, as REST does; within an object a null is a value. */
    static ObjectNode read(Properties properties) throws MigrationException {
        var object = object(properties);
        object.properties().removeIf(property -> property.getValue().isNull());
        return object;
    }

    private static ObjectNode object(Properties properties) throws MigrationException {
        var object = JSON.objectNode();
        for (var field : properties.getFieldsMap().entrySet()) {
            object.set(field.getKey(), value(field.getKey(), field.getValue()));
        }
        return object;
    }

    private static JsonNode value(String name, Value value) throws MigrationException {
        return switch (value.getKindCase()) {
            case NUMBER_VALUE -> GoNumbers.of(value.getNumberValue());
            case BOOL_VALUE -> BooleanNode.valueOf(value.getBoolValue());
            case OBJECT_VALUE -> object(value.getObjectValue());
            case LIST_VALUE -> list(name, value.getListValue());
            case DATE_VALUE -> TextNode.valueOf(value.getDateValue());
            case UUID_VALUE -> TextNode.valueOf(value.getUuidValue());
            case INT_VALUE -> GoNumbers.of(value.getIntValue());
            case GEO_VALUE -> geo(value.getGeoValue());
            case BLOB_VALUE -> TextNode.valueOf(value.getBlobValue());
            case PHONE_VALUE -> phone(value.getPhoneValue());
            case NULL_VALUE -> NullNode.getInstance();
            case TEXT_VALUE -> TextNode.valueOf(value.getTextValue());
            case KIND_NOT_SET ->
                throw new MigrationException.Malformed("property %s has a value of an unknown kind".formatted(name));
        };
    }

    private static ArrayNode list(String name, ListValue list) throws MigrationException {
        return switch (list.getKindCase()) {
            case NUMBER_VALUES -> numbers(name, list.getNumberValues().getValues());
            case INT_VALUES -> whole(name, list.getIntValues().getValues());
            case BOOL_VALUES -> booleans(list.getBoolValues().getValuesList());
            case OBJECT_VALUES -> objects(list.getObjectValues().getValuesList());
            case DATE_VALUES -> texts(list.getDateValues().getValuesList());
            case UUID_VALUES -> texts(list.getUuidValues().getValuesList());
            case TEXT_VALUES -> texts(list.getTextValues().getValuesList());
            case KIND_NOT_SET ->
                throw new MigrationException.Malformed("property %s has a list of an unknown kind".formatted(name));
        };
    }

    private static ArrayNode numbers(String name, ByteString packed) throws MigrationException {
        var bytes = VectorBytes.whole(packed, Double.BYTES, "property " + name);
        var array = JSON.arrayNode(packed.size() / Double.BYTES);
        while (bytes.hasRemaining()) {
            array.add(GoNumbers.of(bytes.getDouble()));
        }
        return array;
    }

    private static ArrayNode whole(String name, ByteString packed) throws MigrationException {
        var bytes = VectorBytes.whole(packed, Long.BYTES, "property " + name);
        var array = JSON.arrayNode(packed.size() / Long.BYTES);
        while (bytes.hasRemaining()) {
            array.add(GoNumbers.of(bytes.getLong()));
        }
        return array;
    }

    private static ArrayNode booleans(List<Boolean> values) {
        var array = JSON.arrayNode(values.size());
        values.forEach(array::add);
        return array;
    }

    private static ArrayNode texts(List<String> values) {
        var array = JSON.arrayNode(values.size());
        values.forEach(array::add);
        return array;
    }

    private static ArrayNode objects(List<Properties> values) throws MigrationException {
        var array = JSON.arrayNode(values.size());
        for (var value : values) {
            array.add(object(value));
        }
        return array;
    }

    private static ObjectNode geo(GeoCoordinate geo) {
        var object = JSON.objectNode();
        object.set("latitude", GoNumbers.of(geo.getLatitude()));
        object.set("longitude", GoNumbers.of(geo.getLongitude()));
        return object;
    }

    /** REST leaves out what is empty, zero or false. */
    private static ObjectNode phone(PhoneNumber phone) {
        var object = JSON.objectNode();
        put(object, "countryCode", phone.getCountryCode());
        put(object, "defaultCountry", phone.getDefaultCountry());
        put(object, "input", phone.getInput());
        put(object, "internationalFormatted", phone.getInternationalFormatted());
        put(object, "national", phone.getNational());
        put(object, "nationalFormatted", phone.getNationalFormatted());
        if (phone.getValid()) {
            object.put("valid", true);
        }
        return object;
    }

    private static void put(ObjectNode object, String name, long number) {
        if (number != 0) {
            object.set(name, GoNumbers.of(number));
        }
    }

    private static void put(ObjectNode object, String name, String text) {
        if (!text.isEmpty()) {
            object.put(name, text);
        }
    }
}
