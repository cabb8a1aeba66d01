package dev.heddle.bucket;

import java.time.Duration;

/**
 * How long a server may keep the store.
 *
 * @param connect to make a connection
 * @param silence without a byte
 * @param attempt one request, one try
 * @param call one request with its repetitions
 * @param whole one call of the store, which may be many requests; also one descriptor
 */
record Limits(Duration connect, Duration silence, Duration attempt, Duration call, Duration whole) {
    /** A reconcile waits for it: a server that is gone holds up a thread for half a minute. */
    static final Limits USUAL = new Limits(
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofSeconds(12),
            Duration.ofSeconds(30),
            Duration.ofMinutes(5));
}
