package dev.heddle.migrate;

import dev.heddle.core.migration.Checkpoint.Counters;
import dev.heddle.core.migration.MigrationProgress.Differences;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;

/** What was counted so far. For several threads. */
final class Tally {
    private static final int NAMED = 20;
    private static final int REMEMBERED = 1000;

    final AtomicLong total = new AtomicLong();
    /** Of the phase. */
    final AtomicLong done = new AtomicLong();

    final AtomicLong written = new AtomicLong();
    final AtomicLong resent = new AtomicLong();
    final AtomicLong kept = new AtomicLong();
    final AtomicLong bytes = new AtomicLong();
    private final List<String> first = new ArrayList<>();
    private final Map<UUID, String> refusals = new HashMap<>();
    private long differences;
    private long refused;

    void resume(Counters counters) {
        total.set(counters.total());
        done.set(counters.done());
        written.set(counters.written());
        resent.set(counters.resent());
        bytes.set(counters.bytes());
    }

    Counters counters() {
        return new Counters(total.get(), done.get(), written.get(), resent.get(), bytes.get());
    }

    synchronized void differ(String what) {
        differences++;
        if (first.size() < NAMED) {
            first.add(what);
        }
    }

    synchronized Differences differences() {
        return new Differences(differences, first);
    }

    /** An object, or a reference of it. */
    synchronized void refuse(UUID id, String words) {
        refused++;
        if (refusals.size() < REMEMBERED) {
            refusals.put(id, words);
        }
    }

    synchronized long refused() {
        return refused;
    }

    /** Why the target does not have an object, if it refused it. */
    synchronized Optional<String> refusal(UUID id) {
        return Optional.ofNullable(refusals.get(id));
    }

    synchronized void forgetDifferences() {
        differences = 0;
        first.clear();
    }
}
