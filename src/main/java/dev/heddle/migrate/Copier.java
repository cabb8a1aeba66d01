package dev.heddle.migrate;

import dev.heddle.core.migration.Ledger;
import dev.heddle.core.migration.MigrationPlan.OnConflict;
import dev.heddle.core.migration.PageSize;
import dev.heddle.core.migration.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;

/** Copies a part page by page; the next page is read while one is written. */
final class Copier implements PlaceRunner.Task {
    private final Job job;
    private final ObjectWriter writer;
    private final Ledger ledger;
    private final ExecutorService readers;

    /** @param readers at least one thread for each part that is worked on at once */
    Copier(Job job, ObjectWriter writer, Ledger ledger, ExecutorService readers) {
        this.job = job;
        this.writer = writer;
        this.ledger = ledger;
        this.readers = readers;
    }

    @Override
    public void work(Ledger.Part part) throws MigrationException {
        var size = PageSize.first(job.plan().pace().batchSize());
        var looking = (part.resumed() || job.plan().onConflict() == OnConflict.SKIP)
                && writer.any(part.place(), ledger.left(part));
        var next = read(part, ledger.left(part).after(), size);
        while (true) {
            var page = get(next);
            var mine = ledger.claim(part, page);
            if (mine.isEmpty()) {
                return;
            }
            var last = mine.getLast().id();
            size = size.after(
                    page.size(), page.stream().mapToLong(StoredObject::bytes).sum());
            var more = mine.size() == page.size();
            next = more ? read(part, Optional.of(last), size) : null;
            var missing = looking ? missing(part, mine) : mine;
            // Behind what an earlier process wrote, one need not look any more.
            looking = looking && (missing.size() < mine.size() || writer.any(part.place(), ledger.left(part)));
            if (!missing.isEmpty()) {
                writer.write(part.place(), missing, false);
            }
            job.tally().done.addAndGet(mine.size());
            ledger.acknowledge(part, last);
            if (!more) {
                return;
            }
        }
    }

    /** Those that have to be written; the others get the references that they lack. */
    private List<StoredObject> missing(Ledger.Part part, List<StoredObject> objects) throws MigrationException {
        var there = writer.there(part.place(), objects);
        var missing = new ArrayList<StoredObject>();
        var staying = new ArrayList<StoredObject>();
        for (var object : objects) {
            var known = there.get(object.id());
            if (!writer.stays(known)) {
                missing.add(object);
            } else if (job.own(known)) {
                staying.add(object);
            } else {
                job.tally().kept.incrementAndGet();
            }
        }
        writer.references(part.place(), staying);
        return missing;
    }

    private Future<List<StoredObject>> read(Ledger.Part part, Optional<UUID> after, PageSize size) {
        return readers.submit(() -> job.source().read(job.shape(part.place()), part.place(), after, size.next()));
    }

    private static List<StoredObject> get(Future<List<StoredObject>> page) throws MigrationException {
        try {
            return page.get();
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new MigrationException.Stopped("interrupted");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof MigrationException known) {
                throw known;
            }
            throw new IllegalStateException(failed.getCause());
        }
    }
}
