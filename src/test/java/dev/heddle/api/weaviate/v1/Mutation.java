package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;

/** Damages resources as people and generators do; the same seed gives the same damage. */
final class Mutation {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> WORDS = List.of(
            "", " ", "0", "-1", "1e9", "9999999999999999999999", "ä", "a\nb", "${x}", "None", "0.0.0", "1Ei", "9P");

    private final Random random;

    Mutation(long seed) {
        this.random = new Random(seed);
    }

    /** One to three changes below spec. */
    void damage(ObjectNode resource) {
        for (int change = random.nextInt(3); change >= 0; change--) {
            var places = new ArrayList<Place>();
            places(resource.get("spec"), places);
            if (!places.isEmpty()) {
                var place = places.get(random.nextInt(places.size()));
                apply(place, change == 0);
            }
        }
    }

    /** A value, and how to replace or remove it. */
    private record Place(JsonNode value, Consumer<JsonNode> replace, Runnable remove) {}

    private static void places(JsonNode tree, List<Place> found) {
        if (tree instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                var name = field.getKey();
                found.add(new Place(field.getValue(), value -> object.set(name, value), () -> object.remove(name)));
                places(field.getValue(), found);
            });
        } else if (tree instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                int index = i;
                found.add(new Place(array.get(i), value -> array.set(index, value), () -> array.remove(index)));
                places(array.get(i), found);
            }
        }
    }

    /** Only the last change blows up: blown up twice, nothing fits into memory. */
    private void apply(Place place, boolean last) {
        switch (random.nextInt(last ? 5 : 4)) {
            case 0 -> place.remove().run();
            case 1 -> place.replace().accept(other());
            case 2 -> place.replace().accept(JSON.textNode(WORDS.get(random.nextInt(WORDS.size()))));
            case 3 -> place.replace().accept(nudged(place.value()));
            default -> place.replace().accept(blownUp(place.value()));
        }
    }

    private JsonNode other() {
        return switch (random.nextInt(7)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2 -> JSON.numberNode(random.nextInt(200) - 50);
            case 3 -> JSON.numberNode(random.nextDouble() * 10);
            case 4 -> JSON.textNode("word");
            case 5 -> JSON.arrayNode();
            default -> JSON.objectNode();
        };
    }

    private static JsonNode blownUp(JsonNode value) {
        return switch (value) {
            case ArrayNode list
            when !list.isEmpty() -> {
                var many = JSON.arrayNode();
                for (int i = 0; i < 200; i++) {
                    many.add(list.get(0));
                }
                yield many;
            }
            case ObjectNode map -> {
                var many = map.deepCopy();
                for (int i = 0; i < 200; i++) {
                    many.put("key" + i, "value");
                }
                yield many;
            }
            default ->
                value.isNumber()
                        ? JSON.numberNode(BigInteger.TEN.pow(18))
                        : JSON.textNode((value.asText() + "x").repeat(5000));
        };
    }

    /** Still of the right type, and perhaps still right. */
    private JsonNode nudged(JsonNode value) {
        if (value.isNumber()) {
            return JSON.numberNode(value.asInt() * (random.nextInt(5) - 1));
        }
        if (value.isBoolean()) {
            return JSON.booleanNode(!value.asBoolean());
        }
        if (value.isTextual() && !value.asText().isEmpty()) {
            var text = value.asText();
            int cut = random.nextInt(text.length());
            return JSON.textNode(
                    random.nextBoolean()
                            ? text.substring(0, cut)
                            : text.substring(0, cut) + (char) (33 + random.nextInt(94)) + text.substring(cut));
        }
        return value;
    }
}
