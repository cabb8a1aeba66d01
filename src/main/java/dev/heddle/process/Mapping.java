package dev.heddle.process;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One memory mapping of this process, as in proc(5), smaps.
 *
 * @param start first address
 * @param end first address after it
 * @param permissions such as r-xp
 * @param file path of the mapped file; empty for anonymous memory
 * @param modified bytes that differ from the file
 */
record Mapping(long start, long end, String permissions, String file, long modified) {

    /** Reads the lines of /proc/self/smaps; lines that are not understood are passed over. */
    static List<Mapping> parse(Stream<String> lines) {
        var mappings = new ArrayList<Mapping>();
        lines.forEach(line -> {
            if (line.matches("[0-9a-f]+-[0-9a-f]+ .*")) {
                mappings.add(header(line));
            } else if (!mappings.isEmpty() && line.matches("(Anonymous|Private_Dirty): +[0-9]+ kB")) {
                var kilobytes = Long.parseLong(line.replaceAll("[^0-9]", ""));
                mappings.add(mappings.removeLast().withModified(kilobytes * 1024));
            }
        });
        return List.copyOf(mappings);
    }

    private static Mapping header(String line) {
        var fields = line.split(" +", 6);
        var range = fields[0].split("-");
        return new Mapping(
                Long.parseUnsignedLong(range[0], 16),
                Long.parseUnsignedLong(range[1], 16),
                fields[1],
                fields.length > 5 ? fields[5] : "",
                0);
    }

    private Mapping withModified(long bytes) {
        return new Mapping(start, end, permissions, file, Math.max(modified, bytes));
    }

    /** Whether the kernel can read every page of it again from the file: nothing is lost by dropping them. */
    boolean isCopyOfFile() {
        return file.startsWith("/") && !permissions.contains("w") && permissions.contains("r") && modified == 0;
    }
}
