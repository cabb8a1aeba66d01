package dev.heddle.core.autoscale;

import dev.heddle.api.weaviate.v1.MetricStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * The metrics as they were last told in the status. A load is never still, so small changes are not told at all, and
 * larger ones once in a while.
 *
 * @param demand what was told; empty where nothing was
 * @param errors whether what is missing was told too
 */
public record Telling(Instant at, Optional<Demand> demand, boolean errors) {
    private static final Duration PACE = Duration.ofSeconds(30);
    private static final double WORTH = 0.1;

    public static Telling nothing(Instant now) {
        return new Telling(now, Optional.empty(), false);
    }

    /** @param decided whether a decision is made upon it, which is told with its numbers */
    public Telling next(Demand fresh, boolean tellErrors, boolean decided, Instant now) {
        boolean due = !at.plus(PACE).isAfter(now);
        boolean news = demand.isEmpty()
                || decided
                || errors != tellErrors
                || !sameMetrics(demand.get(), fresh)
                || due && differs(demand.get(), fresh);
        return news ? new Telling(now, Optional.of(fresh), tellErrors) : this;
    }

    private static boolean sameMetrics(Demand told, Demand fresh) {
        return told.parts().stream()
                .map(part -> part.metric() + " " + part.target())
                .toList()
                .equals(fresh.parts().stream()
                        .map(part -> part.metric() + " " + part.target())
                        .toList());
    }

    private boolean differs(Demand told, Demand fresh) {
        for (int i = 0; i < told.parts().size(); i++) {
            var former = told.parts().get(i);
            var latest = fresh.parts().get(i);
            if (former.value().isPresent() != latest.value().isPresent()
                    || errors && !former.error().equals(latest.error())) {
                return true;
            }
            double before = former.value().orElse(0.0);
            double now = latest.value().orElse(0.0);
            if (Math.abs(now - before) > WORTH * Math.max(before, former.target() * WORTH)) {
                return true;
            }
        }
        return false;
    }

    /** Null where nothing was told. */
    Map<String, MetricStatus> status() {
        return demand.map(told -> told.status(errors)).orElse(null);
    }
}
