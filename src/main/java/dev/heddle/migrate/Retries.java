package dev.heddle.migrate;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** Asks again, more and more slowly, as long as the trouble may pass. */
final class Retries {
    private final RetryPolicy<Object> policy;
    private final StopSignal stop;

    /**
     * @param first time before the second attempt; each later one waits twice as long, 10 s at most
     * @param patience after which the last trouble is the outcome
     */
    record Waiting(Duration first, Duration patience) {
        static final Waiting USUAL = new Waiting(Duration.ofMillis(200), Duration.ofMinutes(5));
    }

    Retries(Waiting waiting, StopSignal stop) {
        this.stop = stop;
        this.policy = RetryPolicy.builder()
                .handleIf(problem -> problem instanceof MigrationException known && known.passing())
                .withBackoff(
                        waiting.first().toMillis(),
                        Math.max(10_000, 2 * waiting.first().toMillis()),
                        ChronoUnit.MILLIS)
                .withJitter(0.2)
                .withMaxRetries(-1)
                .withMaxDuration(waiting.patience())
                .build();
    }

    interface Call<T> {
        /** @param attempt 0 for the first */
        T make(int attempt) throws MigrationException;
    }

    interface Order {
        void make() throws MigrationException;
    }

    void order(Order order) throws MigrationException {
        call(attempt -> {
            order.make();
            return true;
        });
    }

    <T> T call(Call<T> call) throws MigrationException {
        var attempts = new int[1];
        CheckedSupplier<T> once = () -> {
            stop.check();
            return make(call, attempts[0]++);
        };
        try {
            return Failsafe.with(policy).get(once);
        } catch (FailsafeException wrapped) {
            if (wrapped.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                stop.check();
                throw new MigrationException.Stopped("interrupted");
            }
            if (wrapped.getCause() instanceof MigrationException known) {
                stop.check();
                throw known;
            }
            throw wrapped;
        }
    }

    /** What the server asks to wait comes on top of what this waits by itself. */
    private <T> T make(Call<T> call, int attempt) throws MigrationException {
        try {
            return call.make(attempt);
        } catch (MigrationException.Busy busy) {
            if (!busy.after().isZero()) {
                sleep(busy.after().compareTo(Duration.ofMinutes(1)) > 0 ? Duration.ofMinutes(1) : busy.after());
            }
            throw busy;
        }
    }

    private void sleep(Duration time) throws MigrationException {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            stop.check();
            throw new MigrationException.Stopped("interrupted");
        }
    }
}
