package dev.heddle.core.common;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Compares trees of JSON as the API server stores them: it adds defaults, drops zero values and rewrites quantities. */
public final class Subset {
    private static final Set<String> QUANTITIES = Set.of("requests", "limits");

    private Subset() {}

    /** Whether all of {@code wanted} stands in {@code actual}, which may have more fields. */
    public static boolean holds(Object wanted, Object actual) {
        return switch (wanted) {
            case Map<?, ?> fields ->
                actual == null && fields.isEmpty()
                        || actual instanceof Map<?, ?> stored
                                && fields.entrySet().stream()
                                        .allMatch(field ->
                                                field(field.getKey(), field.getValue(), stored.get(field.getKey())));
            case List<?> list ->
                actual == null && list.isEmpty()
                        || actual instanceof List<?> stored
                                && stored.size() == list.size()
                                && IntStream.range(0, list.size()).allMatch(i -> holds(list.get(i), stored.get(i)));
            case null -> true;
            default -> wanted.equals(actual) || actual == null && zero(wanted);
        };
    }

    private static boolean field(Object name, Object wanted, Object actual) {
        if (QUANTITIES.contains(name) && wanted instanceof Map<?, ?> amounts && actual instanceof Map<?, ?> stored) {
            return amounts.entrySet().stream().allMatch(one -> same(one.getValue(), stored.get(one.getKey())));
        }
        return holds(wanted, actual);
    }

    private static boolean same(Object wanted, Object actual) {
        return wanted.equals(actual)
                || wanted instanceof String
                        && actual instanceof String
                        && new Quantity((String) wanted).equals(new Quantity((String) actual));
    }

    private static boolean zero(Object value) {
        return value.equals(false) || value.equals("") || value instanceof Number number && number.doubleValue() == 0;
    }
}
