package dev.heddle.core.common;

import java.time.DateTimeException;
import java.time.Instant;

/** Points in time as Kubernetes and Weaviate write them. */
public final class Times {
    private Times() {}

    /** Long ago, where it is not told or cannot be read. */
    public static Instant parse(String text) {
        try {
            return text == null ? Instant.EPOCH : Instant.parse(text);
        } catch (DateTimeException unreadable) {
            return Instant.EPOCH;
        }
    }
}
