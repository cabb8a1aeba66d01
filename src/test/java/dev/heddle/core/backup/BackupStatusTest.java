package dev.heddle.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.BackupBucketSpec;
import dev.heddle.api.cloud.v1alpha1.OnDemandBackupStatus;
import dev.heddle.core.backup.BackupStep.Mood;
import dev.heddle.core.status.Announcement;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackupStatusTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final BackupSituation.Node NODE = new BackupSituation.Node("db-0", "uid/0", true);
    private static final Optional<BackupBucketSpec> STORAGE =
            Optional.of(Serialization.unmarshal("---\nbucket: s3://backups/shop/db", BackupBucketSpec.class));
    private static final BackupProof PROOF =
            new BackupProof(List.of(), 15_555_447, 0, 1, Set.of("A", "B"), Set.of(), "1.35.2", 0);

    private final Backup backup = Serialization.unmarshal("""
            apiVersion: cloud.weaviate.io/v1alpha1
            kind: Backup
            metadata: {namespace: shop, name: nightly, generation: 3}
            spec: {clusterRef: {name: db}}
            """, Backup.class);

    private OnDemandBackupStatus told(BackupStep step, BackupProgress progress) {
        return BackupStatusBuilder.of(
                backup, new BackupTurn(step, progress, Optional.empty()), STORAGE, NOW.plusSeconds(3670));
    }

    private static String condition(OnDemandBackupStatus status, String type) {
        var found = Conditions.find(status.conditions(), type).orElseThrow();
        return found.getStatus() + " " + found.getReason();
    }

    private static BackupProgress begun() {
        return BackupProgress.fresh().begun("nightly-1", NODE, NOW);
    }

    @Test
    void saysWhatWasProven() {
        var done = begun().accepted().written(NOW.plusSeconds(3670)).proven(PROOF);

        var status = told(new BackupStep.Finish(PROOF), done);

        assertThat(condition(status, "Ready")).isEqualTo("True Proven");
        assertThat(condition(status, "Reconciling")).isEqualTo("False Finished");
        assertThat(condition(status, "Stalled")).isEqualTo("False NotStalled");
        assertThat(status.location()).isEqualTo("s3://backups/shop/db/nightly-1");
        assertThat(status.size()).isEqualTo("14.8 MiB");
        assertThat(status.duration()).isEqualTo("1h1m10s");
        assertThat(status.collections()).isEqualTo(2);
        assertThat(status.observedGeneration()).isEqualTo(3);
    }

    @Test
    void isReadBackAsItWas() {
        var done = begun().retried(NOW)
                .begun("nightly-2", NODE, NOW)
                .accepted()
                .written(NOW.plusSeconds(5))
                .proven(PROOF);

        backup.setStatus(told(new BackupStep.Finish(PROOF), done));

        assertThat(BackupStatusBuilder.progress(backup)).isEqualTo(done);
    }

    @Test
    void startsAfreshWithoutAStatus() {
        assertThat(BackupStatusBuilder.progress(backup)).isEqualTo(BackupProgress.fresh());
    }

    @Test
    void saysTheSameWhenItRests() {
        var done = begun().accepted().written(NOW.plusSeconds(5)).proven(PROOF);
        backup.setStatus(told(new BackupStep.Finish(PROOF), done));

        assertThat(told(new BackupStep.Rest(), done)).isEqualTo(backup.getStatus());
    }

    @ParameterizedTest
    @CsvSource({
        "WAITING, False X, True X, False NotStalled",
        "WORKING, False X, True X, False NotStalled",
        "STUCK, False X, False X, True X",
        "UNSURE, Unknown X, True X, False NotStalled"
    })
    void tellsMoodsApart(Mood mood, String ready, String reconciling, String stalled) {
        var status = told(new BackupStep.Wait("X", "words", mood), begun());

        assertThat(condition(status, "Ready")).isEqualTo(ready);
        assertThat(condition(status, "Reconciling")).isEqualTo(reconciling);
        assertThat(condition(status, "Stalled")).isEqualTo(stalled);
    }

    @Test
    void namesNothingThatIsRemoved() {
        var status = told(new BackupStep.Fail("TimedOut", "late", true, true), begun().failed(true, NOW));

        assertThat(status.id()).isNull();
        assertThat(status.location()).isNull();
        assertThat(status.leftovers()).hasSize(1);
        assertThat(condition(status, "Ready")).isEqualTo("False TimedOut");
        assertThat(condition(status, "Reconciling")).isEqualTo("True CleaningUp");
        assertThat(condition(status, "Stalled")).isEqualTo("True TimedOut");
    }

    @Test
    void keepsWhatWasKnownWhenALookFails() {
        var done = begun().accepted().written(NOW.plusSeconds(5)).proven(PROOF);
        backup.setStatus(told(new BackupStep.Finish(PROOF), done));

        var status = BackupStatusBuilder.failing(backup, "The API server is away.", NOW);

        assertThat(condition(status, "Ready")).isEqualTo("True Proven");
        assertThat(condition(status, "Reconciling")).isEqualTo("True Retrying");
        assertThat(status.location()).isEqualTo("s3://backups/shop/db/nightly-1");
    }

    @Test
    void announcesBeginEndAndFailure() {
        assertThat(news(new BackupStep.Accept(), begun().accepted()))
                .hasValueSatisfying(told -> assertThat(told.reason()).isEqualTo("BackupStarted"));
        var done = begun().accepted().written(NOW.plusSeconds(5)).proven(PROOF);
        assertThat(news(new BackupStep.Finish(PROOF), done)).hasValueSatisfying(told -> {
            assertThat(told.reason()).isEqualTo("BackupSucceeded");
            assertThat(told.message()).contains("14.8 MiB", "2 collections", "5s");
        });
        assertThat(news(new BackupStep.Fail("TimedOut", "late", true, true), begun().failed(true, NOW)))
                .hasValue(new Announcement(true, "TimedOut", "late"));
    }

    @Test
    void announcesOnceThatItIsStuck() {
        var stuck = new BackupStep.Wait("ClusterNotFound", "words", Mood.STUCK);
        assertThat(news(stuck, BackupProgress.fresh())).isPresent();

        backup.setStatus(told(stuck, BackupProgress.fresh()));

        assertThat(news(stuck, BackupProgress.fresh())).isEmpty();
    }

    private Optional<Announcement> news(BackupStep step, BackupProgress progress) {
        return BackupNews.of(backup, step, told(step, progress));
    }
}
