package dev.heddle.core.backup;

import dev.heddle.core.common.Digest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names of backups in a bucket; Weaviate admits lower case letters, digits, dashes and underscores. */
public final class BackupIds {
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss", Locale.ROOT).withZone(ZoneOffset.UTC);
    /** Keys in a bucket have 1024 bytes, of which prefix, node and collection take the most. */
    private static final int LONGEST_NAME = 63;

    private static final int ENOUGH = 8;

    private BackupIds() {}

    /**
     * What all ids of one resource begin with, and those of no other: two clusters may be told to share a prefix, and have
     * Backups of one name in the same second.
     *
     * @param uid of the resource
     */
    public static String stem(String name, String uid) {
        var text = name.replaceAll("[^a-z0-9_-]", "-");
        return text.substring(0, Math.min(text.length(), LONGEST_NAME)) + "-"
                + Digest.hex(uid).substring(0, ENOUGH);
    }

    static String of(String stem, Instant now) {
        return stem + "-" + SECOND.format(now);
    }
}
