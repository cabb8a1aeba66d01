package dev.heddle.core.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.api.cloud.v1alpha1.ScheduledBackupSpec;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SchedulePruningTest extends ScheduleTurns {
    @Test
    void takesForItsOwnOnlyWhatHasItsUid() {
        var former = schedule(NIGHTLY);
        former.getMetadata().setUid("another");
        ended(former, "nightly-202512310400", "Succeeded", "2025-12-31T04:10:00Z");
        ended(schedule(NIGHTLY), "nightly-202601010400", "Succeeded", "2026-01-01T04:10:00Z");
        now = Instant.parse("2026-01-01T05:00:00Z");
        var schedule = schedule(KEEP_ONE);

        var turn = turn(schedule);

        assertThat(turn.status().kept()).isEqualTo(1);
        assertThat(server).containsKeys("nightly-202512310400", "nightly-202601010400");
    }

    @Test
    void deletesTheDataBeforeTheResourceAndOneThatCountsNoLongerFirst() {
        now = Instant.parse("2026-01-01T03:00:00Z");
        var schedule = schedule(KEEP_ONE);
        ended(schedule, "nightly-202512290400", "Succeeded", "2025-12-29T04:10:00Z");
        ended(schedule, "nightly-202512300400", "Failed", "2025-12-30T04:10:00Z");
        ended(schedule, "nightly-202512310400", "Succeeded", "2025-12-31T04:10:00Z");

        var turn = turn(schedule);

        assertThat(order)
                .containsExactly(
                        "mark nightly-202512290400",
                        "erase nightly-202512290400-id",
                        "remove nightly-202512290400",
                        "mark nightly-202512300400",
                        "erase nightly-202512300400-id",
                        "remove nightly-202512300400");
        assertThat(events).containsExactly("BackupPruned", "BackupPruned");
        assertThat(turn.status().kept()).isEqualTo(1);
        assertThat(turn.status().lastBackup()).isEqualTo("nightly-202512310400");
        assertThat(turn.status().lastSuccessful()).isEqualTo("2025-12-31T04:10:00Z");
        assertThat(turn.status().location()).isEqualTo("s3://backups/docs");
    }

    @Test
    void goesOnWhereItWasKilledInTheMiddleOfDeleting() {
        now = Instant.parse("2026-01-01T03:00:00Z");
        var schedule = schedule(KEEP_ONE);
        ended(schedule, "nightly-202512300400", "Succeeded", "2025-12-30T04:10:00Z");
        ended(schedule, "nightly-202512310400", "Succeeded", "2025-12-31T04:10:00Z");
        crashes = true;
        assertThatThrownBy(() -> turn(schedule)).hasMessage("killed");
        assertThat(server).hasSize(2);

        // Its data may be half gone, so a kinder policy cannot bring it back.
        crashes = false;
        var kinder = turn(schedule(NIGHTLY + ", retention: {keepLast: 9}"));

        assertThat(server).containsOnlyKeys("nightly-202512310400");
        assertThat(bucket).containsExactly("nightly-202512310400-id");
        assertThat(kinder.status().kept()).isEqualTo(1);
    }

    @Test
    void keepsTheResourceWhereTheBucketIsAwayAndTriesAgain() {
        now = Instant.parse("2026-01-01T03:00:00Z");
        var schedule = schedule(KEEP_ONE);
        ended(schedule, "nightly-202512290400", "Succeeded", "2025-12-29T04:10:00Z");
        ended(schedule, "nightly-202512300400", "Succeeded", "2025-12-30T04:10:00Z");
        ended(schedule, "nightly-202512310400", "Succeeded", "2025-12-31T04:10:00Z");
        trouble = Optional.of(new StoreReport.Trouble("StorageUnreachable", "time-out", false));

        var turn = turn(schedule);
        assertThat(server).hasSize(3);
        assertThat(order).containsExactly("mark nightly-202512290400", "erase nightly-202512290400-id");
        assertThat(condition(turn, "Reconciling").getReason()).isEqualTo("StorageUnreachable");
        assertThat(condition(turn, "Reconciling").getMessage()).contains("nightly-202512290400", "time-out");
        assertThat(condition(turn, "Ready").getStatus()).isEqualTo("True");
        assertThat(turn.again()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));

        now = now.plusSeconds(120);
        assertThat(turn(schedule).again()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(61));
        trouble = Optional.empty();
        assertThat(condition(turn(schedule), "Reconciling").getStatus()).isEqualTo("False");
        assertThat(server).hasSize(1);
    }

    @Test
    void oneThatCannotGoHoldsUpNoOther() {
        now = Instant.parse("2026-01-01T03:00:00Z");
        var schedule = schedule(KEEP_ONE);
        ended(schedule, "nightly-202512290400", "Succeeded", "2025-12-29T04:10:00Z");
        ended(schedule, "nightly-202512300400", "Succeeded", "2025-12-30T04:10:00Z");
        ended(schedule, "nightly-202512310400", "Succeeded", "2025-12-31T04:10:00Z");
        trouble = Optional.of(new StoreReport.Trouble("SecretNotFound", "Secret old-keys does not exist.", true));
        troubled = id -> id.startsWith("nightly-20251229");

        var turn = turn(schedule);
        assertThat(server).containsOnlyKeys("nightly-202512290400", "nightly-202512310400");
        assertThat(condition(turn, "Reconciling").getReason()).isEqualTo("SecretNotFound");
        assertThat(condition(turn, "Reconciling").getMessage()).contains("nightly-202512290400", "old-keys");
        assertThat(turn.again()).isBetween(Duration.ofSeconds(10), Duration.ofSeconds(11));
    }

    @Test
    void deletesAFewAtATime() {
        now = Instant.parse("2026-01-01T03:00:00Z");
        var schedule = schedule(KEEP_ONE);
        for (int day = 10; day < 20; day++) {
            ended(schedule, "nightly-202512%d0400".formatted(day), "Succeeded", "2025-12-%dT04:10:00Z".formatted(day));
        }

        var turn = turn(schedule);
        assertThat(server).hasSize(5);
        assertThat(condition(turn, "Reconciling").getReason()).isEqualTo("Pruning");
        assertThat(turn.again()).isLessThan(Duration.ofSeconds(1));
        turn(schedule);
        assertThat(server).containsOnlyKeys("nightly-202512190400");
    }

    @Test
    void deletesByWhatTheApiServerSaysNotByACache() {
        now = Instant.parse("2026-01-01T03:00:00Z");
        var schedule = schedule(KEEP_ONE);
        ended(schedule, "nightly-202512300400", "Succeeded", "2025-12-30T04:10:00Z");
        ended(schedule, "nightly-202512310400", "Succeeded", "2025-12-31T04:10:00Z");
        staleCache = Optional.of(List.copyOf(server.values()));
        server.remove("nightly-202512310400");

        turn(schedule);

        assertThat(server).as("the last good one").containsOnlyKeys("nightly-202512300400");
    }

    @Test
    void countsNoneThatSomebodyDeletes() {
        now = Instant.parse("2026-01-01T03:00:00Z");
        var schedule = schedule(KEEP_ONE);
        ended(schedule, "nightly-202512300400", "Succeeded", "2025-12-30T04:10:00Z");
        ended(schedule, "nightly-202512310400", "Succeeded", "2025-12-31T04:10:00Z");
        server.get("nightly-202512310400").getMetadata().setDeletionTimestamp(now.toString());

        var turn = turn(schedule);

        assertThat(order).isEmpty();
        assertThat(turn.status().lastBackup()).isEqualTo("nightly-202512300400");
    }

    @Test
    void leavesBackupsOfAFormerClusterAlone() {
        now = Instant.parse("2026-01-01T03:00:00Z");
        var schedule = schedule(KEEP_ONE);
        ended(schedule, "nightly-202512300400", "Succeeded", "2025-12-30T04:10:00Z");
        ended(schedule, "nightly-202512310400", "Succeeded", "2025-12-31T04:10:00Z");
        schedule.setSpec(Serialization.unmarshal(
                "{\"clusterRef\": {\"name\": \"other\"}, \"schedule\": \"0 4 * * *\", \"retention\": {\"keepLast\": 1}}",
                ScheduledBackupSpec.class));

        assertThat(turn(schedule).status().kept()).isZero();
        assertThat(server).hasSize(2);
    }
}
