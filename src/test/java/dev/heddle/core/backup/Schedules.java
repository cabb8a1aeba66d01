package dev.heddle.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.ScheduledBackup;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Schedules for tests. */
final class Schedules {
    private Schedules() {}

    static ScheduledBackup resource(String spec) {
        return Serialization.unmarshal("""
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: ScheduledBackup
                metadata: {name: nightly, namespace: default, uid: 5a0d0c3e-8f2f-4a53-9c61-0d6f0a2b7e11}
                spec: {clusterRef: {name: docs}, %s}
                """.formatted(spec), ScheduledBackup.class);
    }

    /** @param spec fields in YAML's flow style, without braces */
    static Schedule of(String spec) {
        var reading = Schedule.read(resource(spec));
        assertThat(reading.findings()).isEmpty();
        return reading.schedule().orElseThrow();
    }
}
