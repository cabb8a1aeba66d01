package dev.heddle.migrate;

import dev.failsafe.RateLimiter;
import dev.heddle.core.migration.AdaptiveLimit;
import java.time.Duration;
import java.util.Optional;

/** Lets as many writes through at once as the target bears, and as many objects a second as the plan allows. */
final class Gate {
    private final Optional<RateLimiter<Object>> limiter;
    private AdaptiveLimit limit;
    private int inside;

    /** @param rateLimit objects per second; 0 for none */
    Gate(int most, int rateLimit) {
        this.limit = AdaptiveLimit.of(most, System.nanoTime());
        this.limiter = rateLimit == 0
                ? Optional.empty()
                : Optional.of(RateLimiter.smoothBuilder(rateLimit, Duration.ofSeconds(1))
                        .build());
    }

    void enter(int objects) throws InterruptedException {
        if (limiter.isPresent()) {
            limiter.get().acquirePermits(objects);
        }
        synchronized (this) {
            while (inside >= limit.whole()) {
                wait();
            }
            inside++;
        }
    }

    /** @param busy whether the target said that it has too much to do */
    synchronized void leave(boolean busy) {
        inside--;
        limit = busy ? limit.busy(System.nanoTime()) : limit.succeeded();
        notifyAll();
    }
}
