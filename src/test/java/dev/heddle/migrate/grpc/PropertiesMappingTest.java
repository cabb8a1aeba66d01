package dev.heddle.migrate.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.NullValue;
import dev.heddle.migrate.MigrationException;
import dev.heddle.migrate.wire.BatchObject;
import dev.heddle.migrate.wire.BoolValues;
import dev.heddle.migrate.wire.DateValues;
import dev.heddle.migrate.wire.GeoCoordinate;
import dev.heddle.migrate.wire.IntValues;
import dev.heddle.migrate.wire.ListValue;
import dev.heddle.migrate.wire.NumberValues;
import dev.heddle.migrate.wire.ObjectPropertiesValue;
import dev.heddle.migrate.wire.ObjectValues;
import dev.heddle.migrate.wire.PhoneNumber;
import dev.heddle.migrate.wire.Properties;
import dev.heddle.migrate.wire.TextValues;
import dev.heddle.migrate.wire.UuidValues;
import dev.heddle.migrate.wire.Value;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What gRPC tells has to equal what REST tells; the JSON here is what Weaviate 1.35.2 and 1.36.0 answer over REST. */
class PropertiesMappingTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @MethodSource({"single", "composed", "lists"})
    void readsAsRestTells(Value value, String rest) throws Exception {
        var read = PropertiesReader.read(
                Properties.newBuilder().putFields("p", value).build());
        assertThat(read.get("p")).isEqualTo(JSON.readTree(rest));
        assertThat(read.toString()).isEqualTo("{\"p\":" + JSON.readTree(rest) + "}");
    }

    static Stream<Arguments> single() {
        return Stream.of(
                Arguments.of(text("ü\u0000"), "\"ü\\u0000\""),
                Arguments.of(text(""), "\"\""),
                Arguments.of(number(0.1), "0.1"),
                Arguments.of(number(45), "45"),
                Arguments.of(number(-0.0), "0"),
                Arguments.of(number(5e-324), "5e-324"),
                Arguments.of(number(1e21), "1e+21"),
                Arguments.of(number(4611686018427387904d), "4611686018427388000"),
                Arguments.of(number(123456789012345680000d), "123456789012345680000"),
                Arguments.of(integer(7), "7"),
                Arguments.of(integer(1L << 53), "9007199254740992"),
                Arguments.of(integer(1L << 62), "4611686018427388000"),
                Arguments.of(Value.newBuilder().setBoolValue(false).build(), "false"),
                Arguments.of(
                        Value.newBuilder()
                                .setDateValue("2024-02-29T00:00:00.1+02:00")
                                .build(),
                        "\"2024-02-29T00:00:00.1+02:00\""),
                Arguments.of(
                        Value.newBuilder()
                                .setUuidValue("00000000-0000-0000-0000-0000000000ab")
                                .build(),
                        "\"00000000-0000-0000-0000-0000000000ab\""),
                Arguments.of(Value.newBuilder().setBlobValue("aGk=").build(), "\"aGk=\""));
    }

    static Stream<Arguments> composed() {
        var inner = Properties.newBuilder()
                .putFields("a", text("x"))
                .putFields(
                        "b",
                        Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build())
                .build();
        return Stream.of(
                Arguments.of(
                        Value.newBuilder()
                                .setGeoValue(GeoCoordinate.newBuilder()
                                        .setLatitude(52.366667f)
                                        .setLongitude(180))
                                .build(),
                        "{\"latitude\":52.36667,\"longitude\":180}"),
                Arguments.of(
                        Value.newBuilder()
                                .setPhoneValue(PhoneNumber.newBuilder()
                                        .setInput("+1 555")
                                        .setCountryCode(1)
                                        .setValid(true))
                                .build(),
                        "{\"countryCode\":1,\"input\":\"+1 555\",\"valid\":true}"),
                Arguments.of(Value.newBuilder().setObjectValue(inner).build(), "{\"a\":\"x\",\"b\":null}"));
    }

    static Stream<Arguments> lists() {
        return Stream.of(
                Arguments.of(
                        list(ListValue.newBuilder()
                                .setObjectValues(ObjectValues.newBuilder().addValues(Properties.getDefaultInstance()))),
                        "[{}]"),
                Arguments.of(
                        list(ListValue.newBuilder()
                                .setTextValues(
                                        TextValues.newBuilder().addValues("a").addValues(""))),
                        "[\"a\",\"\"]"),
                Arguments.of(list(ListValue.newBuilder().setTextValues(TextValues.getDefaultInstance())), "[]"),
                Arguments.of(
                        list(ListValue.newBuilder()
                                .setDateValues(DateValues.newBuilder().addValues("d"))),
                        "[\"d\"]"),
                Arguments.of(
                        list(ListValue.newBuilder()
                                .setUuidValues(UuidValues.newBuilder().addValues("u"))),
                        "[\"u\"]"),
                Arguments.of(
                        list(ListValue.newBuilder()
                                .setBoolValues(BoolValues.newBuilder().addValues(true))),
                        "[true]"),
                Arguments.of(
                        list(ListValue.newBuilder()
                                .setNumberValues(
                                        NumberValues.newBuilder().setValues(VectorBytes.bytes(new double[] {1, 2.5})))),
                        "[1,2.5]"),
                Arguments.of(
                        list(ListValue.newBuilder()
                                .setIntValues(IntValues.newBuilder()
                                        .setValues(bytes(
                                                2, 0, 0, 0, 0, 0, 0, 0, 255, 255, 255, 255, 255, 255, 255, 255)))),
                        "[2,-1]"));
    }

    @Test
    void leavesOutWhatHasNoValue() throws Exception {
        var none = Value.newBuilder().setNullValue(NullValue.NULL_VALUE).build();
        assertThat(PropertiesReader.read(
                        Properties.newBuilder().putFields("p", none).build()))
                .isEmpty();
    }

    @ParameterizedTest
    @MethodSource
    void refusesWhatItDoesNotUnderstand(Value value) {
        var properties = Properties.newBuilder().putFields("p", value).build();
        assertThatThrownBy(() -> PropertiesReader.read(properties))
                .isInstanceOf(MigrationException.Malformed.class)
                .hasMessageContaining("property p");
    }

    static Stream<Value> refusesWhatItDoesNotUnderstand() {
        return Stream.of(
                Value.getDefaultInstance(),
                list(ListValue.newBuilder()),
                list(ListValue.newBuilder()
                        .setNumberValues(NumberValues.newBuilder().setValues(bytes(1, 2, 3)))),
                list(ListValue.newBuilder()
                        .setIntValues(IntValues.newBuilder().setValues(bytes(1, 2, 3, 4, 5, 6, 7, 8, 9)))));
    }

    /** Weaviate makes a map of what it gets; so does this, by the same rule. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"t\":\"ü\",\"n\":0.5,\"b\":true,\"z\":null,\"i\":9007199254740992}",
                "{\"t\":[\"a\",\"\"],\"n\":[1,2.5,-3],\"b\":[true,false],\"e\":[]}",
                "{\"geo\":{\"latitude\":1.5,\"longitude\":-2.5},\"phone\":{\"input\":\"1\",\"valid\":true}}",
                "{\"o\":{\"t\":\"x\",\"z\":null,\"l\":[1],\"e\":[],\"o\":{\"b\":[true],\"o\":{}}}}",
                "{\"os\":[{\"t\":\"x\"},{},{\"os\":[{\"n\":[0.5]}],\"e\":[]}]}"
            })
    void writesAllThatJsonHolds(String json) throws Exception {
        var properties = (ObjectNode) JSON.readTree(json);
        assertThat(asWeaviateDoes(PropertiesWriter.write(properties))).isEqualTo(inDoubles(properties));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"p\":[1,\"a\"]}", "{\"p\":[null]}", "{\"p\":[[1]]}", "{\"o\":{\"p\":[{},1]}}"})
    void refusesListsThatHaveNoForm(String json) throws Exception {
        var properties = (ObjectNode) JSON.readTree(json);
        assertThatThrownBy(() -> PropertiesWriter.write(properties))
                .isInstanceOf(MigrationException.Impossible.class)
                .hasMessageContaining("property p");
    }

    private static ObjectNode asWeaviateDoes(BatchObject.Properties properties) {
        return asWeaviateDoes(ObjectPropertiesValue.newBuilder()
                .setNonRefProperties(properties.getNonRefProperties())
                .addAllNumberArrayProperties(properties.getNumberArrayPropertiesList())
                .addAllTextArrayProperties(properties.getTextArrayPropertiesList())
                .addAllBooleanArrayProperties(properties.getBooleanArrayPropertiesList())
                .addAllObjectProperties(properties.getObjectPropertiesList())
                .addAllObjectArrayProperties(properties.getObjectArrayPropertiesList())
                .addAllEmptyListProps(properties.getEmptyListPropsList())
                .build());
    }

    private static ObjectNode asWeaviateDoes(ObjectPropertiesValue value) {
        var map = JSON.createObjectNode();
        value.getNonRefProperties()
                .getFieldsMap()
                .forEach((name, field) -> map.set(
                        name,
                        switch (field.getKindCase()) {
                            case NUMBER_VALUE -> map.numberNode(field.getNumberValue());
                            case STRING_VALUE -> map.textNode(field.getStringValue());
                            case BOOL_VALUE -> map.booleanNode(field.getBoolValue());
                            case NULL_VALUE -> map.nullNode();
                            default -> throw new AssertionError(field);
                        }));
        value.getNumberArrayPropertiesList().forEach(list -> {
            var numbers = map.putArray(list.getPropName());
            var bytes = list.getValuesBytes().asReadOnlyByteBuffer().order(java.nio.ByteOrder.LITTLE_ENDIAN);
            while (bytes.hasRemaining()) {
                numbers.add(bytes.getDouble());
            }
        });
        value.getTextArrayPropertiesList()
                .forEach(list -> list.getValuesList().forEach(map.withArray("/" + list.getPropName())::add));
        value.getBooleanArrayPropertiesList()
                .forEach(list -> list.getValuesList().forEach(map.withArray("/" + list.getPropName())::add));
        value.getObjectPropertiesList()
                .forEach(object -> map.set(object.getPropName(), asWeaviateDoes(object.getValue())));
        value.getObjectArrayPropertiesList().forEach(list -> {
            var objects = map.putArray(list.getPropName());
            list.getValuesList().forEach(object -> objects.add(asWeaviateDoes(object)));
        });
        value.getEmptyListPropsList().forEach(map::putArray);
        return map;
    }

    private static JsonNode inDoubles(JsonNode node) {
        if (node.isNumber()) {
            return JSON.getNodeFactory().numberNode(node.doubleValue());
        }
        var copy = node.deepCopy();
        if (copy instanceof ObjectNode object) {
            object.properties().forEach(property -> property.setValue(inDoubles(property.getValue())));
        } else if (copy instanceof com.fasterxml.jackson.databind.node.ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, inDoubles(array.get(i)));
            }
        }
        return copy;
    }

    private static Value text(String text) {
        return Value.newBuilder().setTextValue(text).build();
    }

    private static Value number(double number) {
        return Value.newBuilder().setNumberValue(number).build();
    }

    private static Value integer(long number) {
        return Value.newBuilder().setIntValue(number).build();
    }

    private static Value list(ListValue.Builder list) {
        return Value.newBuilder().setListValue(list).build();
    }

    static ByteString bytes(int... bytes) {
        var copy = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            copy[i] = (byte) bytes[i];
        }
        return ByteString.copyFrom(copy);
    }
}
