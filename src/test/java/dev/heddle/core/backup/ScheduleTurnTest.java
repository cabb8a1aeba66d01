package dev.heddle.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.BackupStorageSpec;
import dev.heddle.api.cloud.v1alpha1.OnDemandBackupStatus;
import dev.heddle.api.weaviate.v1.ReclaimPolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScheduleTurnTest extends ScheduleTurns {
    @Test
    void makesABackupOfWhatTheScheduleSays() {
        var schedule = schedule("""
                schedule: 0 4 * * *, exclude: {collections: [Tmp]}, cpuPercentage: 20, compression: BestSpeed, timeout: 1d,
                storage: {s3: {bucket: "s3://b/p"}}""");

        var turn = turn(schedule);

        var made = server.get("nightly-202601020400");
        assertThat(made.getSpec().clusterRef().name()).isEqualTo("docs");
        assertThat(made.getSpec().exclude().collections()).containsExactly("Tmp");
        assertThat(made.getSpec().cpuPercentage()).isEqualTo(20);
        assertThat(made.getSpec().compression()).hasToString("BestSpeed");
        assertThat(BackupDefaults.timeout(made.getSpec())).isEqualTo(Duration.ofDays(1));
        assertThat(made.getSpec().storage()).extracting(BackupStorageSpec::s3).isNotNull();
        assertThat(made.getSpec().deletionPolicy()).isEqualTo(ReclaimPolicy.RETAIN);
        assertThat(made.getMetadata().getOwnerReferences()).isEmpty();
        assertThat(made.getMetadata().getLabels()).containsEntry("heddle.dev/scheduled-backup", "nightly");
        assertThat(made.getMetadata().getAnnotations())
                .containsEntry(
                        "heddle.dev/scheduled-backup-uid",
                        schedule.getMetadata().getUid());
        assertThat(turn.status().lastScheduled()).isEqualTo("2026-01-02T04:00:00Z");
        assertThat(turn.status().active()).containsExactly("nightly-202601020400");
        assertThat(turn.status().nextRun()).isEqualTo("2026-01-03T04:00:00Z");
        assertThat(condition(turn, "Reconciling").getReason()).isEqualTo("BackupRunning");
        assertThat(condition(turn, "Ready").getReason()).isEqualTo("NoBackupYet");
    }

    @Test
    void waitsForTheNextRunButNeverLongerThanTenMinutes() {
        now = Instant.parse("2026-01-01T03:00:00Z");
        assertThat(turn(schedule(NIGHTLY)).again()).isEqualTo(Duration.ofMinutes(10));

        now = Instant.parse("2026-01-01T03:59:00Z");
        assertThat(turn(schedule(NIGHTLY)).again()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(61));
        assertThat(server).isEmpty();
    }

    @Test
    void makesOneBackupWhereTheStatusWasLostAfterIt() {
        turn(schedule(NIGHTLY));

        var again = turn(schedule(NIGHTLY));

        assertThat(order).containsExactly("make nightly-202601020400");
        assertThat(again.status().nextRun()).isEqualTo("2026-01-03T04:00:00Z");
    }

    @Test
    void looksAtTheApiServerBeforeItBeginsASecondOne() {
        var schedule = schedule("schedule: '* * * * *'");
        turn(schedule);
        staleCache = Optional.of(List.of());
        now = now.plusSeconds(60);

        var turn = turn(schedule);

        assertThat(order).containsExactly("make nightly-202601020400");
        assertThat(condition(turn, "Reconciling").getReason()).isEqualTo("WaitingForBackup");
        assertThat(condition(turn, "Reconciling").getMessage()).contains("nightly-202601020400");
    }

    @Test
    void beginsOneRunForEachNewValueOfTheAnnotation() {
        now = Instant.parse("2026-01-01T03:00:00Z");
        var schedule = schedule(NIGHTLY);
        schedule.getMetadata().setAnnotations(Map.of("heddle.dev/run-now", "before-upgrade"));

        var turn = turn(schedule);
        var name = BackupNames.asked("nightly", "before-upgrade");
        assertThat(server).containsOnlyKeys(name);
        assertThat(turn.status().runNow()).isEqualTo("before-upgrade");
        assertThat(turn.status().lastScheduled()).isNull();

        server.clear();
        turn(schedule);
        assertThat(server).isEmpty();

        schedule.getMetadata().setAnnotations(Map.of("heddle.dev/run-now", "once-more"));
        assertThat(turn(schedule).status().runNow()).isEqualTo("once-more");
        assertThat(server).containsOnlyKeys(BackupNames.asked("nightly", "once-more"));
    }

    @Test
    void touchesNoBackupOfSomebodyElse() {
        var foreign = ScheduledRun.of(schedule(NIGHTLY), "nightly-202601020400");
        foreign.getMetadata().setLabels(Map.of());
        server.put("nightly-202601020400", foreign);
        var schedule = schedule(KEEP_ONE);

        var turn = turn(schedule);

        assertThat(condition(turn, "Stalled").getReason()).isEqualTo("NameTaken");
        assertThat(condition(turn, "Stalled").getMessage()).contains("nightly-202601020400");
        assertThat(turn.status().lastMissed()).isEqualTo("2026-01-02T04:00:00Z");
        assertThat(events).containsExactly("RunMissed");
        assertThat(turn.status().active()).isNull();

        now = now.plusSeconds(600);
        assertThat(condition(turn(schedule), "Stalled").getReason())
                .as("is told until a run begins")
                .isEqualTo("NameTaken");
        now = now.plus(Duration.ofDays(1));
        assertThat(condition(turn(schedule), "Stalled").getStatus()).isEqualTo("False");
        assertThat(order).containsExactly("make nightly-202601020400", "make nightly-202601030400");
    }

    @Test
    void tellsOfRunsThatAreGivenUp() {
        now = Instant.parse("2026-01-03T07:00:00Z");
        var schedule = schedule(NIGHTLY + ", startingDeadline: 1h");

        var turn = turn(schedule);

        assertThat(server).isEmpty();
        assertThat(events).containsExactly("RunMissed");
        assertThat(turn.news().getFirst().message()).contains("3 runs", "2026-01-03T04:00:00Z", "startingDeadline");
        assertThat(turn.status().lastMissed()).isEqualTo("2026-01-03T04:00:00Z");
        assertThat(turn.status().lastScheduled()).isEqualTo("2026-01-03T04:00:00Z");
        turn(schedule);
        assertThat(events).hasSize(1);
    }

    @Test
    void makesUpForTheLatestAfterAnOutageAndTellsOfTheOthers() {
        now = Instant.parse("2026-01-03T07:00:00Z");

        var turn = turn(schedule(NIGHTLY));

        assertThat(server).containsOnlyKeys("nightly-202601030400");
        assertThat(turn.status().lastScheduled()).isEqualTo("2026-01-03T04:00:00Z");
        assertThat(turn.status().lastMissed()).isEqualTo("2026-01-02T04:00:00Z");
        assertThat(events).containsExactly("RunMissed");
    }

    @Test
    void cancelsTheOneBeforeWhereThatIsAskedFor() {
        var schedule = schedule("schedule: '* * * * *', concurrency: Replace");
        turn(schedule);
        now = now.plusSeconds(60);

        var turn = turn(schedule);
        assertThat(condition(turn, "Reconciling").getReason()).isEqualTo("ReplacingBackup");
        assertThat(turn.again()).isLessThan(Duration.ofMinutes(1));
        turn(schedule);
        assertThat(order).containsExactly("make nightly-202601020400", "cancel nightly-202601020400");
        assertThat(events).containsOnlyOnce("RunReplaced");

        server.clear();
        turn(schedule);
        assertThat(server).containsOnlyKeys("nightly-202601020401");
    }

    /** Weaviate has written it; only the operator has not looked yet. */
    @Test
    void replacesNothingThatIsWritten() {
        var schedule = schedule("schedule: '* * * * *', concurrency: Replace");
        turn(schedule);
        ended(schedule, "nightly-202601020400", "Verifying", "2026-01-02T04:00:30Z");
        now = now.plusSeconds(60);

        var turn = turn(schedule);

        assertThat(condition(turn, "Reconciling").getReason()).isEqualTo("WaitingForBackup");
        assertThat(order).containsExactly("make nightly-202601020400");
    }

    @Test
    void doesNothingWhileSuspended() {
        var schedule = schedule(KEEP_ONE + ", suspend: true");
        ended(schedule, "nightly-202512300400", "Succeeded", "2025-12-30T04:10:00Z");
        ended(schedule, "nightly-202512310400", "Succeeded", "2025-12-31T04:10:00Z");

        var turn = turn(schedule);

        assertThat(order).isEmpty();
        assertThat(condition(turn, "Reconciling").getReason()).isEqualTo("Suspended");
        assertThat(turn.status().nextRun()).isNull();
        assertThat(turn.status().kept()).isEqualTo(2);
    }

    @Test
    void beginsAndDeletesNothingWhereTheScheduleIsWrong() {
        var schedule = schedule("schedule: often, retention: {keepLast: 1}");
        ended(schedule, "nightly-202512300400", "Succeeded", "2025-12-30T04:10:00Z");
        ended(schedule, "nightly-202512310400", "Succeeded", "2025-12-31T04:10:00Z");

        var turn = turn(schedule);

        assertThat(order).isEmpty();
        assertThat(condition(turn, "Stalled").getReason()).isEqualTo("InvalidSchedule");
        assertThat(condition(turn, "Stalled").getMessage()).contains("spec.schedule");
        assertThat(condition(turn, "Ready").getStatus()).isEqualTo("False");
    }

    @Test
    void waitsForItsClusterAndMakesUpForTheRun() {
        cluster = Optional.empty();
        var schedule = schedule(NIGHTLY);
        assertThat(condition(turn(schedule), "Stalled").getReason()).isEqualTo("ClusterNotFound");
        assertThat(server).isEmpty();

        cluster = Optional.of(cluster("{version: 1.35.2}"));
        now = now.plusSeconds(3600);
        assertThat(condition(turn(schedule), "Stalled").getStatus()).isEqualTo("False");
        assertThat(server).containsOnlyKeys("nightly-202601020400");
    }

    @Test
    void isReadyByTheLastRunThatEnded() {
        now = Instant.parse("2026-01-01T03:00:00Z");
        var schedule = schedule(NIGHTLY);
        ended(schedule, "nightly-202512300400", "Succeeded", "2025-12-30T04:10:00Z");
        assertThat(condition(turn(schedule), "Ready").getReason()).isEqualTo("LastBackupSucceeded");

        ended(schedule, "nightly-202512310400", "Failed", "2025-12-31T04:10:00Z");
        var turn = turn(schedule);

        assertThat(condition(turn, "Ready").getStatus()).isEqualTo("False");
        assertThat(condition(turn, "Ready").getReason()).isEqualTo("LastBackupFailed");
        assertThat(condition(turn, "Ready").getMessage()).isEqualTo("nightly-202512310400: how it went");
        assertThat(turn.status().lastBackup()).isEqualTo("nightly-202512300400");
        assertThat(turn.backups().failedSinceGood()).isEqualTo(1);
    }

    @Test
    void saysThatABackupWaitsForAPerson() {
        var schedule = schedule(NIGHTLY);
        turn(schedule);
        server.get("nightly-202601020400").setStatus(Serialization.unmarshal("""
                phase: Pending
                conditions: [{type: Stalled, status: "True", reason: StorageDenied, message: wrong keys}]
                """, OnDemandBackupStatus.class));

        var turn = turn(schedule);

        assertThat(condition(turn, "Stalled").getReason()).isEqualTo("BackupStalled");
        assertThat(condition(turn, "Stalled").getMessage()).isEqualTo("nightly-202601020400: wrong keys");
        assertThat(condition(turn, "Reconciling").getReason()).isEqualTo("BackupRunning");
    }
}
