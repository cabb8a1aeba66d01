package dev.heddle.migrate;

import dev.heddle.migrate.StopSignal.Reason;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;

/** Saves about once a second where the migration stands, tells it on a line, and looks at the deadline. */
final class Keeper implements AutoCloseable {
    /**
     * @param saving between two saves
     * @param sharing between two that somebody waits for, so that many who wait share one
     * @param telling between two lines
     */
    record Cadence(Duration saving, Duration sharing, Duration telling) {
        static final Cadence USUAL = new Cadence(Duration.ofSeconds(1), Duration.ofMillis(100), Duration.ofSeconds(5));
    }

    /** Where to and when. */
    record Surroundings(ProgressStore store, Clock clock, PrintStream out, Cadence cadence) {}

    private final ProgressStore store;
    private final MigrationState state;
    private final StopSignal stop;
    private final Clock clock;
    private final PrintStream out;
    private final Cadence cadence;
    private final long deadline;
    private final Thread thread;
    private long asked;
    private long saved;
    private MigrationException trouble;
    private boolean closing;

    /** @param deadline seconds since 1970; 0 for none */
    Keeper(Surroundings surroundings, MigrationState state, StopSignal stop, long deadline) {
        this.store = surroundings.store();
        this.state = state;
        this.stop = stop;
        this.clock = surroundings.clock();
        this.out = surroundings.out();
        this.cadence = surroundings.cadence();
        this.deadline = deadline;
        this.thread = Thread.ofPlatform().name("keeper").daemon().unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    /** Returns when what is so now is saved. */
    synchronized void flush() throws MigrationException {
        var mine = ++asked;
        notifyAll();
        while (saved < mine && trouble == null && !closing) {
            await(0);
        }
        if (saved < mine && trouble != null) {
            throw trouble;
        }
    }

    private synchronized void await(long millis) throws MigrationException {
        try {
            wait(millis);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new MigrationException.Stopped("interrupted");
        }
    }

    private void run() {
        var told = clock.instant();
        try {
            while (true) {
                synchronized (this) {
                    if (closing) {
                        return;
                    }
                    if (asked == saved) {
                        await(cadence.saving().toMillis());
                    }
                }
                if (deadline > 0 && clock.instant().getEpochSecond() >= deadline) {
                    stop.stop(Reason.DEADLINE);
                }
                save();
                if (Duration.between(told, clock.instant()).compareTo(cadence.telling()) >= 0) {
                    told = clock.instant();
                    tell();
                }
                Thread.sleep(cadence.sharing());
            }
        } catch (InterruptedException | MigrationException.Stopped ended) {
            Thread.currentThread().interrupt();
        } catch (MigrationException problem) {
            fail(problem);
        } catch (RuntimeException problem) {
            fail(new MigrationException.Impossible("The progress cannot be saved: " + problem));
        }
    }

    private void fail(MigrationException problem) {
        synchronized (this) {
            trouble = problem;
            notifyAll();
        }
        stop.stop(Reason.FAILED);
    }

    /** Trouble that passes costs only that a little more is looked at again after a crash. */
    private void save() throws MigrationException {
        long upTo;
        synchronized (this) {
            upTo = asked;
        }
        try {
            store.save(state.checkpoint(), state.progress(clock.millis()));
            synchronized (this) {
                saved = upTo;
                notifyAll();
            }
        } catch (MigrationException problem) {
            if (!problem.passing()) {
                throw problem;
            }
            out.println("The progress was not saved: " + problem.getMessage());
        }
    }

    /** One line for people. */
    void tell() {
        var progress = state.progress(clock.millis());
        var objects = progress.objects();
        out.println("%s: %d %%, %d of %d objects, %.0f/s, %s left%s"
                .formatted(
                        progress.phase().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                        progress.percent(),
                        objects.done(),
                        objects.total(),
                        progress.objectsPerSecond(),
                        progress.secondsLeft() < 0
                                ? "?"
                                : Duration.ofSeconds(progress.secondsLeft())
                                        .toString()
                                        .substring(2)
                                        .toLowerCase(Locale.ROOT),
                        progress.differences().count() > 0
                                ? ", " + progress.differences().count() + " differences"
                                : ""));
    }

    /** Why it could not save, if that is why all was stopped. */
    synchronized MigrationException trouble() {
        return trouble;
    }

    /** Saves for the last time. */
    @Override
    public void close() {
        synchronized (this) {
            closing = true;
            notifyAll();
        }
        try {
            thread.join(Duration.ofSeconds(5));
            if (trouble == null) {
                save();
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (MigrationException problem) {
            out.println("The progress was not saved: " + problem.getMessage());
        }
    }
}
