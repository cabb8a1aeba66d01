package dev.heddle.migrate;

import dev.heddle.core.migration.Comparison;
import dev.heddle.core.migration.IdAndTime;
import dev.heddle.core.migration.Ledger;
import dev.heddle.core.migration.MigrationPlan.OnConflict;
import dev.heddle.core.migration.Place;
import dev.heddle.core.migration.StoredObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Brings to the target what came or changed on the source. What only the target has stays there, and the comparison
 * names it: nobody can tell an object that went on the source from one that somebody wrote to the target. An object is looked at in full if it changed on the
 * source since the pass before began, by the source's own clock, and written only if it differs; so no clock of the
 * target matters, and a second pass sends nothing twice.
 */
final class CatchUp implements PlaceRunner.Task {
    /** The clocks of the nodes of one cluster differ, and a write is visible some time after it got its time. */
    private static final long MARGIN_MILLIS = 5_000;

    private final Job job;
    private final ObjectWriter writer;
    private final Ledger ledger;
    private final long since;
    private final AtomicLong changes = new AtomicLong();

    /** @param since when the pass before began; milliseconds since 1970 by the source's clock */
    CatchUp(Job job, ObjectWriter writer, Ledger ledger, long since) {
        this.job = job;
        this.writer = writer;
        this.ledger = ledger;
        this.since = since - MARGIN_MILLIS;
    }

    /** Objects that were written. */
    long changes() {
        return changes.get();
    }

    @Override
    public void work(Ledger.Part part) throws MigrationException {
        var range = ledger.left(part);
        var place = part.place();
        var missing = new ArrayList<UUID>();
        var changed = new ArrayList<UUID>();
        IdCursor.merge(
                new IdCursor(job.source(), place, range),
                new IdCursor(job.target(), place, range),
                (source, target) -> {
                    if (source != null) {
                        job.tally().done.incrementAndGet();
                    }
                    kind(source, target, missing, changed);
                    if (missing.size() + changed.size() >= job.plan().pace().batchSize()) {
                        flush(place, missing, changed);
                    }
                });
        flush(place, missing, changed);
    }

    private void kind(IdAndTime source, IdAndTime target, List<UUID> missing, List<UUID> changed) {
        if (target == null) {
            missing.add(source.id());
        } else if (source != null
                && source.updated() >= since
                && (job.plan().onConflict() != OnConflict.SKIP || job.own(target))) {
            changed.add(source.id());
        }
    }

    private void flush(Place place, List<UUID> missing, List<UUID> changed) throws MigrationException {
        var shape = job.shape(place);
        if (!missing.isEmpty()) {
            write(place, job.source().find(shape, place, missing).values(), false);
        }
        if (!changed.isEmpty()) {
            var there = job.target().find(shape, place, changed);
            var newer = job.source().find(shape, place, changed).values().stream()
                    .filter(object -> !there.containsKey(object.id())
                            || !Comparison.differences(object, there.get(object.id()))
                                    .isEmpty())
                    .toList();
            write(place, newer, true);
        }
        missing.clear();
        changed.clear();
    }

    private void write(Place place, Collection<StoredObject> objects, boolean replacing) throws MigrationException {
        if (!objects.isEmpty()) {
            writer.write(place, List.copyOf(objects), replacing);
            changes.addAndGet(objects.size());
        }
    }
}
