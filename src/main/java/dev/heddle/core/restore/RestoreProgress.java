package dev.heddle.core.restore;

import dev.heddle.api.cloud.v1alpha1.RestorePhase;
import dev.heddle.core.backup.BackupSituation.Node;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * How far a restore is: what has to outlive the operator.
 *
 * @param node that was asked; the last one between two attempts
 * @param coordinator its process; empty between two attempts
 * @param attempts how often one was begun
 * @param startedAt of the first attempt
 * @param completedAt when it ended
 * @param fit how the backup goes into the cluster; empty before the first attempt
 */
public record RestoreProgress(
        RestorePhase phase,
        String node,
        String coordinator,
        int attempts,
        Optional<Instant> startedAt,
        Optional<Instant> completedAt,
        Optional<RestoreFit> fit) {

    public static RestoreProgress fresh() {
        return new RestoreProgress(
                RestorePhase.PENDING, "", "", 0, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whether Weaviate may be at work on it, or about to be. */
    public boolean underWay() {
        return phase == RestorePhase.RESTORING || phase == RestorePhase.PENDING && !coordinator.isEmpty();
    }

    public boolean over() {
        return phase == RestorePhase.SUCCEEDED || phase == RestorePhase.FAILED;
    }

    RestoreProgress begun(Node by, RestoreFit how, Instant now) {
        return new RestoreProgress(
                RestorePhase.PENDING,
                by.name(),
                by.process(),
                attempts + 1,
                startedAt.or(() -> Optional.of(second(now))),
                Optional.empty(),
                Optional.of(how));
    }

    RestoreProgress accepted() {
        return in(RestorePhase.RESTORING, coordinator, completedAt);
    }

    RestoreProgress written(Instant now) {
        return in(RestorePhase.VERIFYING, coordinator, Optional.of(second(now)));
    }

    RestoreProgress proven() {
        return in(RestorePhase.SUCCEEDED, coordinator, completedAt);
    }

    RestoreProgress retried() {
        return in(RestorePhase.PENDING, "", Optional.empty());
    }

    RestoreProgress failed(Instant now) {
        return in(RestorePhase.FAILED, coordinator, completedAt.or(() -> Optional.of(second(now))));
    }

    private RestoreProgress in(RestorePhase other, String process, Optional<Instant> end) {
        return new RestoreProgress(other, node, process, attempts, startedAt, end, fit);
    }

    private static Instant second(Instant now) {
        return now.truncatedTo(ChronoUnit.SECONDS);
    }
}
