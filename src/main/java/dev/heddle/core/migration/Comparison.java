package dev.heddle.core.migration;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeSet;

/** What two objects of one id differ in. */
public final class Comparison {
    private Comparison() {}

    /** Names of properties and vectors ({@code vector}, {@code vectors.NAME}) that differ; empty for equal objects. */
    public static List<String> differences(StoredObject source, StoredObject target) {
        var differences = new ArrayList<String>();
        var names = new TreeSet<String>();
        source.properties().fieldNames().forEachRemaining(names::add);
        target.properties().fieldNames().forEachRemaining(names::add);
        names.stream()
                .filter(name -> !same(
                        source.properties().path(name), target.properties().path(name)))
                .forEach(differences::add);
        var vectors = new TreeSet<>(source.vectors().keySet());
        vectors.addAll(target.vectors().keySet());
        vectors.stream()
                .filter(name -> source.vectors().get(name) == null
                        || !source.vectors().get(name).equals(target.vectors().get(name)))
                .forEach(name -> differences.add(name.isEmpty() ? "vector" : "vectors." + name));
        references(source, target).forEach(differences::add);
        return List.copyOf(differences);
    }

    /** Names of reference properties that differ, whatever the order of the references. */
    private static List<String> references(StoredObject source, StoredObject target) {
        var names = new TreeSet<>(source.references().keySet());
        names.addAll(target.references().keySet());
        return names.stream()
                .filter(name -> !sorted(source, name).equals(sorted(target, name)))
                .toList();
    }

    private static List<String> sorted(StoredObject object, String property) {
        return object.references().getOrDefault(property, List.of()).stream()
                .sorted()
                .toList();
    }

    /** References of the source that the target lacks: each as often as the source has it more often. */
    public static List<Reference> missing(StoredObject source, StoredObject target) {
        var missing = new ArrayList<Reference>();
        source.references().forEach((property, beacons) -> {
            var there = new ArrayList<>(target.references().getOrDefault(property, List.of()));
            beacons.stream()
                    .filter(beacon -> !there.remove(beacon))
                    .forEach(beacon -> missing.add(new Reference(source.id(), property, beacon)));
        });
        return List.copyOf(missing);
    }

    /** Numbers are equal by value, so that 1 is 1.0; no value and an absent one are the same. */
    private static boolean same(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.equals(other) || one.decimalValue().compareTo(other.decimalValue()) == 0;
        }
        if (one.isArray() && other.isArray()) {
            return one.size() == other.size() && sameElements(one.elements(), other.elements());
        }
        if (one.isObject() && other.isObject()) {
            var names = new TreeSet<String>();
            one.fieldNames().forEachRemaining(names::add);
            other.fieldNames().forEachRemaining(names::add);
            return names.stream().allMatch(name -> same(one.path(name), other.path(name)));
        }
        return empty(one) ? empty(other) : one.equals(other);
    }

    private static boolean sameElements(Iterator<JsonNode> one, Iterator<JsonNode> other) {
        while (one.hasNext()) {
            if (!same(one.next(), other.next())) {
                return false;
            }
        }
        return true;
    }

    private static boolean empty(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
