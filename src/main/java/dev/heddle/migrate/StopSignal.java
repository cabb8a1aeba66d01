package dev.heddle.migrate;

import dev.heddle.migrate.MigrationException.Stopped;
import java.util.ArrayList;
import java.util.List;

/** Says to every thread of a migration that it has to end, and why. */
final class StopSignal {
    enum Reason {
        DEADLINE("the deadline passed"),
        TERMINATED("asked to end; it goes on from here when it is started again"),
        FAILED("another part failed");

        private final String words;

        Reason(String words) {
            this.words = words;
        }
    }

    private volatile Reason reason;

    private final List<Runnable> listeners = new ArrayList<>();

    /** The first reason counts. */
    synchronized void stop(Reason why) {
        if (reason == null) {
            reason = why;
            listeners.forEach(Runnable::run);
        }
    }

    /** @param then run once, when it is said to stop */
    synchronized void listen(Runnable then) {
        listeners.add(then);
        if (reason != null) {
            then.run();
        }
    }

    synchronized void forget(Runnable listener) {
        listeners.remove(listener);
    }

    boolean by(Reason one) {
        return reason == one;
    }

    void check() throws Stopped {
        var why = reason;
        if (why != null) {
            throw new Stopped(why.words);
        }
    }
}
