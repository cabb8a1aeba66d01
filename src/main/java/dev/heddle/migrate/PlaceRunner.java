package dev.heddle.migrate;

import dev.heddle.core.migration.IdRange;
import dev.heddle.core.migration.Ledger;
import dev.heddle.core.migration.Place;
import dev.heddle.migrate.StopSignal.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;

/** Works through all places in parts, several at once. */
final class PlaceRunner {
    /** Fewer are not worth the questions that it takes to divide them. */
    private static final long WORTH_DIVIDING = 2000;

    private static final long MOMENT = 100;

    interface Task {
        /** All of the part. */
        void work(Ledger.Part part) throws MigrationException;
    }

    private final Job job;
    private final TenantCare tenants;
    private final StopSignal stop;
    private final Map<Place, Long> counts = new ConcurrentHashMap<>();

    PlaceRunner(Job job, TenantCare tenants, StopSignal stop) {
        this.job = job;
        this.tenants = tenants;
        this.stop = stop;
    }

    /** What the source has in all of them; those of inactive tenants are counted when they are worked on. */
    void count(List<Place> places) throws MigrationException {
        var active = places.stream().filter(tenants::active).toList();
        each(active, place -> {
            var count = job.source().count(place);
            counts.put(place, count);
        });
    }

    /** Sum of what was counted so far. */
    long counted() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private interface Each {
        void of(Place place) throws MigrationException;
    }

    private void each(List<Place> places, Each each) throws MigrationException {
        var ledger = Ledger.of(places);
        together(() -> {
            for (var next = ledger.openNext(); next.isPresent(); next = ledger.openNext()) {
                stop.check();
                each.of(next.get());
            }
        });
    }

    /** @param dividing whether a thread without work takes half of another's */
    void run(Ledger ledger, Task task, boolean dividing) throws MigrationException {
        together(() -> {
            while (true) {
                stop.check();
                var part = ledger.take();
                if (part.isEmpty() && open(ledger)) {
                    continue;
                }
                if (part.isEmpty() && dividing) {
                    part = ledger.split();
                }
                if (part.isPresent()) {
                    task.work(part.get());
                    if (ledger.finish(part.get())) {
                        tenants.close(part.get().place());
                    }
                } else if (over(ledger)) {
                    return;
                }
            }
        });
    }

    private static boolean over(Ledger ledger) throws MigrationException {
        try {
            return ledger.over(MOMENT);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new MigrationException.Stopped("interrupted");
        }
    }

    private boolean open(Ledger ledger) throws MigrationException {
        var next = ledger.openNext();
        if (next.isPresent()) {
            var place = next.get();
            tenants.open(place);
            var left = ledger.leftOf(place);
            ledger.ranges(place, left.isPresent() ? left.get() : divide(place));
        }
        return next.isPresent();
    }

    private List<IdRange> divide(Place place) throws MigrationException {
        var count = counts.get(place);
        if (count == null) {
            count = job.source().count(place);
            counts.put(place, count);
            job.tally().total.addAndGet(count);
        }
        if (count < WORTH_DIVIDING) {
            return List.of(IdRange.ALL);
        }
        var first = job.source().ids(place, Optional.empty(), 1);
        if (first.isEmpty()) {
            return List.of(IdRange.ALL);
        }
        var low = first.getFirst().id();
        var found = low;
        var ahead = new IdRange(Optional.of(low), Optional.empty());
        // Ids need not be random: those of some imports all begin with the same zeros.
        while (ahead.middle().isPresent()
                && ahead.width() * 8 > new IdRange(Optional.of(low), Optional.of(found)).width()) {
            var middle = ahead.middle().get();
            var behind = job.source().ids(place, Optional.of(middle), 1);
            if (behind.isEmpty()) {
                ahead = new IdRange(ahead.after(), Optional.of(middle));
            } else {
                found = behind.getFirst().id();
                ahead = new IdRange(Optional.of(found), ahead.upTo());
            }
        }
        return IdRange.split(low, found, job.plan().pace().parallelism());
    }

    /** The same on every thread; the first problem ends all of them. */
    private void together(Retries.Order work) throws MigrationException {
        var threads = Executors.newFixedThreadPool(
                job.plan().pace().parallelism(),
                Thread.ofPlatform().name("part-", 0).factory());
        Runnable interrupt = threads::shutdownNow;
        stop.listen(interrupt);
        try {
            join(submitted(threads, work));
            // Those that were not begun any more say nothing.
            stop.check();
        } finally {
            stop.forget(interrupt);
            threads.shutdownNow();
        }
    }

    /** Fewer where one has failed, or somebody stops it, before all are begun. */
    private List<Future<?>> submitted(ExecutorService threads, Retries.Order work) {
        var futures = new ArrayList<Future<?>>();
        try {
            for (var index = 0; index < job.plan().pace().parallelism(); index++) {
                futures.add(threads.submit(() -> {
                    work(work);
                    return null;
                }));
            }
        } catch (RejectedExecutionException stopped) {
            return futures;
        }
        return futures;
    }

    private void work(Retries.Order work) throws MigrationException {
        try {
            work.make();
        } catch (MigrationException.Stopped stopped) {
            throw stopped;
        } catch (MigrationException | RuntimeException problem) {
            stop.stop(Reason.FAILED);
            throw problem;
        }
    }

    /** The problem that was there first, which is none that says that it was stopped. */
    private static void join(List<Future<?>> futures) throws MigrationException {
        MigrationException problem = null;
        for (var future : futures) {
            try {
                future.get();
            } catch (InterruptedException stopping) {
                Thread.currentThread().interrupt();
                throw new MigrationException.Stopped("interrupted");
            } catch (ExecutionException failed) {
                if (!(failed.getCause() instanceof MigrationException known)) {
                    throw new IllegalStateException(failed.getCause());
                }
                problem = problem == null || problem instanceof MigrationException.Stopped ? known : problem;
            } catch (CancellationException neverBegun) {
                // Another one failed, and says so.
            }
        }
        if (problem != null) {
            throw problem;
        }
    }
}
