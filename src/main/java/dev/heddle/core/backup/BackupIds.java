package dev.heddle.core.backup;

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

    private BackupIds() {}

    /** @param backup name of the resource */
    public static String of(String backup, Instant now) {
        var name = backup.replaceAll("[^a-z0-9_-]", "-");
        return name.substring(0, Math.min(name.length(), LONGEST_NAME)) + "-" + SECOND.format(now);
    }
}
