package dev.heddle.core.migration;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * From where a migration goes on after its process ended. Small whatever the number of tenants: places are worked in
 * their order, so the ones that are done make a few runs.
 *
 * @param version of this format
 * @param id of the migration
 * @param start clocks of both sides when it began
 * @param done runs of places that are done, in order
 * @param open places that are begun and not done
 * @param activated tenants that are active only for this, and the state to give back
 */
public record Checkpoint(
        int version,
        String id,
        MigrationPhase phase,
        Start start,
        List<Run> done,
        List<OpenPlace> open,
        List<Activated> activated,
        Counters counters) {
    public static final int VERSION = 1;

    /** In milliseconds since 1970, each by the clock of that side. */
    public record Start(long source, long target) {}

    /** All places from the first to the last, both included. */
    public record Run(Key first, Key last) {}

    /** A place in JSON. @param tenant null for none */
    public record Key(String collection, String tenant) {}

    public record OpenPlace(Key place, List<OpenRange> ranges) {}

    /**
     * Objects behind {@code after} up to {@code upTo} are still to be copied; some of them may be there.
     *
     * @param after null for the beginning
     * @param upTo null for the end
     */
    public record OpenRange(UUID after, UUID upTo) {}

    /** @param formerStatus by side, {@code source} or {@code target}: {@code INACTIVE}, {@code OFFLOADED} */
    public record Activated(Key place, Map<String, String> formerStatus) {}

    /** Over all attempts. */
    public record Counters(long total, long done, long written, long resent, long bytes) {}
}
