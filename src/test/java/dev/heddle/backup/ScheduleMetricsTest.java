package dev.heddle.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackup;
import dev.heddle.core.backup.ScheduleBackups;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScheduleMetricsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ScheduleMetrics metrics = new ScheduleMetrics(meters);
    private boolean there = true;

    private void saw(Backup... backups) {
        var schedule = Serialization.unmarshal("""
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: ScheduledBackup
                metadata: {namespace: shop, name: nightly, uid: u}
                spec: {clusterRef: {name: db}, schedule: '@daily'}
                """, ScheduledBackup.class);
        metrics.saw(new ScheduleBackups(schedule, List.of(backups)), id -> there);
    }

    private static Backup backup(String phase, int day) {
        return Serialization.unmarshal("""
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: Backup
                metadata:
                  namespace: shop
                  name: nightly-%d
                  labels: {heddle.dev/scheduled-backup: nightly}
                  annotations: {heddle.dev/scheduled-backup-uid: u}
                spec: {clusterRef: {name: db}}
                status: {phase: %s, id: i-%d, startedAt: "1970-01-0%dT00:00:00Z", completedAt: "1970-01-0%dT00:01:30Z", sizeBytes: 42}
                """.formatted(day, phase, day, day, day), Backup.class);
    }

    private double value(String name) {
        return meters.get("heddle.backup." + name)
                .tags("namespace", "shop", "schedule", "nightly")
                .gauge()
                .value();
    }

    @Test
    void tellsOfTheLastGoodBackupAndOfWhatFailedSince() {
        saw(backup("Succeeded", 1), backup("Failed", 2), backup("Succeeded", 3), backup("Failed", 4));

        assertThat(value("last.success.timestamp.seconds")).isEqualTo(2 * 86400 + 90);
        assertThat(value("last.duration.seconds")).isEqualTo(90);
        assertThat(value("last.size.bytes")).isEqualTo(42);
        assertThat(value("failed.since.success")).isEqualTo(1);
    }

    @Test
    void isNoNumberBeforeTheFirstGoodOne() {
        saw(backup("Failed", 2), backup("Running", 3));

        assertThat(value("last.success.timestamp.seconds")).isNaN();
        assertThat(value("last.size.bytes")).isNaN();
        assertThat(value("failed.since.success")).isEqualTo(1);
    }

    @Test
    void goesWithTheScheduleAndComesBack() {
        saw(backup("Succeeded", 1));
        there = false;
        meters.getMeters().stream().map(Gauge.class::cast).forEach(Gauge::value);
        assertThat(meters.getMeters()).isEmpty();

        there = true;
        saw(backup("Succeeded", 1));
        assertThat(value("last.size.bytes")).isEqualTo(42);
    }
}
