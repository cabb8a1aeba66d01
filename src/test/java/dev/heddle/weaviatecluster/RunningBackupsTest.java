package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.weaviate.BackupReply;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.WeaviateException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunningBackupsTest {
    private static final Endpoint NODE = new Endpoint("10.0.0.1", 8080, "key");
    private static final String S3 = "replicas: 1\nbackup: {s3: {bucket: b, credentialsSecretRef: {name: s3}}}";

    private static Optional<String> goingOn(String spec, String now, BackupReply... backups) {
        var seen = new Seen(Samples.spec(spec)).with(Serialization.unmarshal("""
                        kind: Pod
                        apiVersion: v1
                        metadata: {name: db-0, creationTimestamp: "2026-01-02T03:00:00Z"}
                        status: {podIP: 10.0.0.1, conditions: [{type: Ready, status: "True", lastTransitionTime: "2026-01-02T03:01:00Z"}]}
                        """, Pod.class));
        var weaviate = new UnaskedWeaviate() {
            @Override
            public List<BackupReply> backups(Endpoint endpoint, String backend) {
                assertThat(endpoint).isEqualTo(NODE);
                assertThat(backend).isEqualTo("s3");
                return List.of(backups);
            }
        };
        return new RunningBackups(weaviate, names -> Optional.empty(), Clock.fixed(Instant.parse(now), ZoneOffset.UTC))
                .goingOn(Samples.plan(seen), seen.build(), NODE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"STARTED", "TRANSFERRING", "TRANSFERRED", "FINALIZING", "CANCELLING", "SOMETHING_NEW"})
    void waitsForOneThatGoesOn(String status) {
        assertThat(goingOn(
                        S3,
                        "2026-01-04T00:00:00Z",
                        new BackupReply("old", "SUCCESS", null, "2026-01-02T03:02:00Z"),
                        new BackupReply("nightly", status, null, "2026-01-02T03:02:00Z")))
                .hasValueSatisfying(words ->
                        assertThat(words).contains("nightly", "2026-01-02T03:02:00Z", "DELETE /v1/backups/s3/nightly"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SUCCESS", "FAILED", "CANCELED"})
    void doesNotWaitForOneThatEnded(String status) {
        assertThat(goingOn(S3, "2026-01-02T03:04:00Z", new BackupReply("b", status, null, "2026-01-02T03:02:00Z")))
                .isEmpty();
    }

    /** The bucket says STARTED of it for ever. */
    @ParameterizedTest
    @CsvSource({
        "2026-01-02T02:00:00Z, 2026-01-02T03:09:59Z, true",
        "2026-01-02T02:00:00Z, 2026-01-02T03:10:01Z, false",
        "2026-01-02T03:00:30Z, 2026-01-02T03:11:01Z, false",
        "2026-01-02T03:01:01Z, 2026-01-03T03:00:00Z, true",
        "yesterday, 2026-01-02T03:10:30Z, false",
        ", 2026-01-02T03:10:30Z, false",
    })
    void givesUpOneThatLostItsNode(String began, String now, boolean waits) {
        assertThat(goingOn(S3, now, new BackupReply("b", "STARTED", null, began))
                        .isPresent())
                .isEqualTo(waits);
    }

    @Test
    void overlooksWhatIsNoBackup() {
        assertThat(goingOn(
                        S3,
                        "2026-01-02T03:04:00Z",
                        new BackupReply(null, "STARTED", null, null),
                        new BackupReply("b", null, null, null)))
                .isEmpty();
    }

    @Test
    void asksNobodyWithoutAPlaceForBackups() {
        assertThat(goingOn("replicas: 1", "2026-01-02T03:04:00Z", new BackupReply("b", "STARTED", null, null)))
                .isEmpty();
    }

    @Test
    void doesNotWaitWhereNobodyCanTell() {
        var seen = new Seen(Samples.spec(S3));
        var weaviate = new UnaskedWeaviate() {
            @Override
            public List<BackupReply> backups(Endpoint endpoint, String backend) throws WeaviateException {
                throw new WeaviateException.Unreachable(endpoint, "timeout");
            }
        };
        assertThat(new RunningBackups(weaviate, names -> Optional.empty(), Clock.systemUTC())
                        .goingOn(Samples.plan(seen), seen.build(), NODE))
                .isEmpty();
    }

    /** Weaviate is not asked: its list knows one bucket only. */
    @Test
    void waitsForBackupThatGoesElsewhere() {
        waits(S3);
    }

    @Test
    void waitsForBackupWhoseStorageIsTakenOffTheSpec() {
        waits("replicas: 1");
    }

    private static void waits(String spec) {
        var running = new RunningBackups(
                new UnaskedWeaviate(),
                names -> Optional.of("Backup nightly")
                        .filter(known -> names.cluster().equals("db")),
                Clock.systemUTC());
        var seen = new Seen(Samples.spec(spec));

        assertThat(running.goingOn(Samples.plan(seen), seen.build(), NODE))
                .hasValueSatisfying(words -> assertThat(words).contains("Backup nightly"));
    }
}
