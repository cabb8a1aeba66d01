package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.cluster.LiveCluster;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeadPodsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final String SILENT =
            "conditions: [{type: Ready, status: Unknown, lastTransitionTime: '2026-01-02T02:59:04Z'}]";
    private static final Pod POD = Serialization.unmarshal("""
            kind: Pod
            apiVersion: v1
            metadata: {name: db-1, deletionTimestamp: '2026-01-02T03:09:00Z'}
            spec: {nodeName: m1}
            """, Pod.class);

    private static LiveCluster live(String modes) {
        var claim = Serialization.unmarshal("""
                kind: PersistentVolumeClaim
                apiVersion: v1
                metadata: {name: data-db-1}
                spec: {accessModes: [%s]}
                """.formatted(modes), PersistentVolumeClaim.class);
        return new LiveCluster(Optional.empty(), List.of(POD), List.of(claim), Map.of(), Map.of(), List.of());
    }

    private static Optional<Node> node(String status) {
        return Optional.of(
                Serialization.unmarshal("kind: Node\napiVersion: v1\nstatus: {%s}".formatted(status), Node.class));
    }

    private static boolean gone(Optional<Node> node, Set<String> heard, String modes) {
        return DeadPods.gone(POD, node, heard, live(modes), NOW);
    }

    @Test
    void isGoneWhenNobodyHearsOfItAndItsKubeletIsSilent() {
        assertThat(DeadPods.suspects(live("ReadWriteOnce"))).containsExactly(POD);
        assertThat(gone(node(SILENT), Set.of("db-0", "db-2"), "ReadWriteOnce")).isTrue();
        assertThat(gone(node(SILENT), Set.of("db-0"), "ReadWriteOncePod")).isTrue();
    }

    @Test
    void livesAsLongAsWeaviateHearsOfItOrCannotBeAsked() {
        assertThat(gone(node(SILENT), Set.of("db-0", "db-1"), "ReadWriteOnce")).isFalse();
        assertThat(gone(node(SILENT), Set.of(), "ReadWriteOnce")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "conditions: []",
                "conditions: [{type: Ready, status: 'True', lastTransitionTime: '2026-01-01T00:00:00Z'}]",
                "conditions: [{type: Ready, status: 'False', lastTransitionTime: '2026-01-01T00:00:00Z'}]",
                "conditions: [{type: Ready, status: Unknown, lastTransitionTime: '2026-01-02T02:59:06Z'}]",
                "conditions: [{type: DiskPressure, status: Unknown, lastTransitionTime: '2026-01-01T00:00:00Z'}]",
            })
    void livesWhileItsKubeletMay(String status) {
        assertThat(gone(node(status), Set.of("db-0"), "ReadWriteOnce")).isFalse();
        assertThat(gone(Optional.empty(), Set.of("db-0"), "ReadWriteOnce")).isFalse();
    }

    /** Two processes could write to such a volume. */
    @ParameterizedTest
    @ValueSource(strings = {"ReadWriteMany", "ReadWriteOnce, ReadWriteMany"})
    void livesOnASharedVolume(String modes) {
        assertThat(gone(node(SILENT), Set.of("db-0"), modes)).isFalse();
    }

    @Test
    void suspectsNoneThatIsNotToEnd() {
        var pod = Serialization.clone(POD);
        pod.getMetadata().setDeletionTimestamp(null);
        assertThat(DeadPods.suspects(
                        new LiveCluster(Optional.empty(), List.of(pod), List.of(), Map.of(), Map.of(), List.of())))
                .isEmpty();
    }
}
