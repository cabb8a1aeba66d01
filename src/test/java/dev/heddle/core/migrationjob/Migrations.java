package dev.heddle.core.migrationjob;

import dev.heddle.api.cloud.v1alpha1.Migration;
import dev.heddle.api.cloud.v1alpha1.MigrationPhase;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.migration.MigrationProgress;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Migrations for tests. */
public final class Migrations {
    public static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    static final JobImage IMAGE = new JobImage(
            Optional.of("registry.example.com/heddle:1"), Optional.of("IfNotPresent"), List.of("registry"));
    static final String CLUSTERS = "source: {clusterRef: {name: dev}}\n  target: {clusterRef: {name: stg}}\n";
    static final String HOSTS = """
            source: {host: 'https://my-source-cluster.weaviate.io:6339', type: grpc}
              target: {host: 'https://my-target-cluster.weaviate.io:6443', type: https}
            """;

    private Migrations() {}

    /** @param spec in YAML, indented by two */
    public static Migration of(String spec) {
        return Serialization.unmarshal("""
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: Migration
                metadata: {namespace: shop, name: move, uid: u-1, generation: 3}
                spec:
                  %s
                """.formatted(spec.strip()), Migration.class);
    }

    static WeaviateCluster cluster(String name, String more) {
        return Serialization.unmarshal("""
                apiVersion: weaviate.io/v1
                kind: WeaviateCluster
                metadata: {namespace: shop, name: %s}
                spec: {version: 1.35.2%s}
                status: {conditions: [{type: Ready, status: "True", reason: Serving, message: well}]}
                """.formatted(name, more), WeaviateCluster.class);
    }

    /** With both clusters there and healthy, and every Secret. */
    static MigrationSides sides(Migration migration) {
        return MigrationSides.of(
                migration,
                new MigrationSides.Around(
                        "cluster.local",
                        name -> Optional.of(name)
                                .filter(Set.of("dev", "stg")::contains)
                                .map(found -> cluster(found, "")),
                        _ -> MigrationSides.Content.THERE));
    }

    static MigrationProgress progress(dev.heddle.core.migration.MigrationPhase phase, long done, String message) {
        return new MigrationProgress(
                "u-1",
                phase,
                NOW.getEpochSecond(),
                2,
                5,
                new MigrationProgress.Objects(4000, done, done, 0, 0, 100),
                512.4,
                65,
                MigrationProgress.Differences.NONE,
                null,
                message,
                false);
    }

    static MigrationProgress ended(MigrationProgress.Outcome outcome, String message) {
        var last = progress(dev.heddle.core.migration.MigrationPhase.COPYING, 10, message);
        return new MigrationProgress(
                last.id(),
                last.phase(),
                last.updated(),
                last.collections(),
                last.tenants(),
                last.objects(),
                0,
                -1,
                last.differences(),
                outcome,
                message,
                false);
    }

    static MigrationRecord fresh() {
        return new MigrationRecord(
                MigrationPhase.PENDING, Optional.empty(), Optional.empty(), Duration.ZERO, Optional.empty(), false);
    }

    /** Begun five minutes ago. */
    static MigrationRecord running() {
        return fresh().begun(NOW.minus(Duration.ofMinutes(5)));
    }

    static MigrationSituation seen(MigrationRecord record, JobReport job) {
        return new MigrationSituation(
                record,
                new MigrationSituation.Wish(Instant.EPOCH, Duration.ofHours(2), false),
                Optional.empty(),
                job,
                false,
                Optional.empty(),
                NOW);
    }
}
