package dev.heddle.core.common;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Maps that remember only what was used last. */
public final class Recent {
    private Recent() {}

    /** A synchronized map that drops the entry not used for longest when it holds more than {@code limit}. */
    public static <K, V> Map<K, V> map(int limit) {
        return Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > limit;
            }
        });
    }
}
