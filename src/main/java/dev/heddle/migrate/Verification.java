package dev.heddle.migrate;

import dev.heddle.core.migration.Comparison;
import dev.heddle.core.migration.IdAndTime;
import dev.heddle.core.migration.Ledger;
import dev.heddle.core.migration.MigrationPlan.OnConflict;
import dev.heddle.core.migration.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** Compares both sides: the number of objects of each place, every id, and whole objects of a sample. */
final class Verification implements PlaceRunner.Task {
    private static final int SAMPLES = 1000;
    private static final int AT_ONCE = 20;

    private final Job job;
    private final Ledger ledger;
    private final long every;
    private final long since;
    private final AtomicLong compared = new AtomicLong();

    /** @param since when it began, by the source's clock: what changed after that is not compared */
    Verification(Job job, Ledger ledger, long since) {
        this.job = job;
        this.ledger = ledger;
        this.every = Math.max(1, job.tally().total.get() / SAMPLES);
        this.since = since;
    }

    /** Objects that were compared in full. */
    long compared() {
        return compared.get();
    }

    @Override
    public void work(Ledger.Part part) throws MigrationException {
        var place = part.place();
        var range = ledger.left(part);
        if (range.after().isEmpty()) {
            counts(place);
        }
        var sample = new ArrayList<UUID>();
        var kept = new HashSet<UUID>();
        var seen = new long[1];
        IdCursor.merge(
                new IdCursor(job.source(), place, range),
                new IdCursor(job.target(), place, range),
                (source, target) -> {
                    ids(place, source, target);
                    if (source != null && target != null && seen[0]++ % every == 0) {
                        sample.add(source.id());
                        if (job.plan().onConflict() == OnConflict.SKIP && !job.own(target)) {
                            kept.add(source.id());
                        }
                    }
                    if (sample.size() == AT_ONCE) {
                        compare(place, sample, kept);
                    }
                });
        compare(place, sample, kept);
    }

    private void counts(Place place) throws MigrationException {
        var source = job.source().count(place);
        var target = job.target().count(place);
        if (job.plan().onConflict() == OnConflict.FAIL ? source != target : source > target) {
            job.tally().differ("%s: %d objects on the source, %d on the target".formatted(place, source, target));
        }
    }

    private void ids(Place place, IdAndTime source, IdAndTime target) {
        if (source != null) {
            job.tally().done.incrementAndGet();
        }
        if (target == null && source.updated() < since) {
            var why = job.tally().refusal(source.id()).map(words -> ", which refused it: " + words);
            job.tally().differ("%s %s: missing on the target%s".formatted(place, source.id(), why.orElse("")));
        } else if (source == null && job.plan().onConflict() == OnConflict.FAIL) {
            job.tally().differ("%s %s: only on the target".formatted(place, target.id()));
        }
    }

    private void compare(Place place, List<UUID> sample, Set<UUID> kept) throws MigrationException {
        if (sample.isEmpty()) {
            return;
        }
        var shape = job.shape(place);
        var source = job.source().find(shape, place, sample);
        var target = job.target().find(shape, place, sample);
        for (var id : sample) {
            var one = source.get(id);
            var other = target.get(id);
            if (one == null || other == null || one.updated() >= since || kept.contains(id)) {
                continue;
            }
            compared.incrementAndGet();
            var differences = Comparison.differences(one, other);
            if (!differences.isEmpty()) {
                job.tally().differ("%s %s: %s differ".formatted(place, id, String.join(", ", differences)));
            }
        }
        sample.clear();
        kept.clear();
    }
}
