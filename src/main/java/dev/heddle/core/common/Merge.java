package dev.heddle.core.common;

import java.util.LinkedHashMap;
import java.util.Map;

/** Merging of YAML trees. */
public final class Merge {
    private Merge() {}

    /** {@code over} wins; maps are merged key by key, everything else (lists too) is replaced. Neither argument changes. */
    public static Map<String, Object> deep(Map<String, Object> base, Map<String, Object> over) {
        var merged = new LinkedHashMap<>(base);
        over.forEach((key, value) -> merged.put(key, values(merged.get(key), value)));
        return merged;
    }

    @SuppressWarnings("unchecked")
    private static Object values(Object base, Object over) {
        return base instanceof Map && over instanceof Map
                ? deep((Map<String, Object>) base, (Map<String, Object>) over)
                : over;
    }
}
