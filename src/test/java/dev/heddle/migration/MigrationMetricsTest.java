package dev.heddle.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.MigrationStatus;
import dev.heddle.core.migrationjob.Migrations;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class MigrationMetricsTest {
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final MigrationMetrics metrics = new MigrationMetrics(meters);
    private boolean there = true;

    private void saw(String status) {
        metrics.saw(
                Migrations.of("source: {clusterRef: {name: dev}}\n  target: {clusterRef: {name: stg}}"),
                Serialization.unmarshal("---\n" + status, MigrationStatus.class),
                id -> there);
    }

    private double value(String name) {
        return meters.get("heddle.migration." + name)
                .tags("namespace", "shop", "migration", "move")
                .gauge()
                .value();
    }

    @Test
    void tellsOfASuccess() {
        saw(
                "{phase: Succeeded, completedAt: '1970-01-02T00:00:00Z', spentSeconds: 90, objects: {copied: 7, total: 7}}");

        assertThat(value("last.success.timestamp.seconds")).isEqualTo(86400);
        assertThat(value("duration.seconds")).isEqualTo(90);
        assertThat(value("objects")).isEqualTo(7);
        assertThat(value("failed")).isZero();
    }

    @Test
    void tellsOfAFailure() {
        saw("{phase: Failed, completedAt: '1970-01-02T00:00:00Z', spentSeconds: 90}");

        assertThat(value("last.success.timestamp.seconds")).isNaN();
        assertThat(value("failed")).isEqualTo(1);
        assertThat(value("objects")).isNaN();
    }

    @Test
    void goesWithTheMigration() {
        saw("{phase: Running, objects: {copied: 7, total: 70}}");
        assertThat(value("duration.seconds")).isNaN();
        there = false;

        meters.getMeters().stream().map(Gauge.class::cast).forEach(Gauge::value);

        assertThat(meters.getMeters()).isEmpty();
    }
}
