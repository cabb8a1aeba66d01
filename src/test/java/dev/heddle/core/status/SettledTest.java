package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.cluster.WeaviateReport;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettledTest {
    private static final WeaviateReport ANSWER = new WeaviateReport.Answered(List.of(), List.of());

    @Test
    void holdsWhenNothingMoves() {
        assertThat(settled(
                        seen(set("new", "new", 2)).with(Pods.pod(0, Pods.READY)).with(Pods.pod(1, Pods.READY))))
                .isTrue();
    }

    @Test
    void waitsForPods() {
        assertThat(settled(seen(set("new", "new", 2)).with(Pods.pod(0, Pods.READY))))
                .isFalse();
        assertThat(settled(
                        seen(set("new", "new", 2)).with(Pods.pod(0, Pods.READY)).with(Pods.pod(1, Pods.NOT_READY))))
                .isFalse();
    }

    @Test
    void waitsForARolloutAndForTheController() {
        for (var set : List.of(set("new", "newer", 2), set("new", "new", 1))) {
            assertThat(settled(seen(set).with(Pods.pod(0, Pods.READY)).with(Pods.pod(1, Pods.READY))))
                    .isFalse();
        }
        var behind = new StatefulSetBuilder(set("new", "new", 2))
                .editMetadata()
                .withGeneration(8L)
                .endMetadata()
                .build();
        assertThat(settled(seen(behind).with(Pods.pod(0, Pods.READY)).with(Pods.pod(1, Pods.READY))))
                .isFalse();
    }

    @Test
    void waitsForWeaviateAndForModules() {
        var pods = seen(set("new", "new", 2)).with(Pods.pod(0, Pods.READY)).with(Pods.pod(1, Pods.READY));
        assertThat(settled(pods.with(new WeaviateReport.NotAsked()))).isFalse();

        var dead = new Seen(Samples.spec("replicas: 2\nmodules: [{name: text2vec-transformers}]"))
                .with(set("new", "new", 2))
                .with(ANSWER)
                .with(Pods.pod(0, Pods.READY))
                .with(Pods.pod(1, Pods.READY));
        assertThat(settled(dead)).isFalse();
    }

    private static boolean settled(Seen seen) {
        return Settled.holds(Samples.plan(seen), seen.build());
    }

    private static Seen seen(StatefulSet set) {
        return new Seen(Samples.spec("replicas: 2")).with(set).with(ANSWER);
    }

    private static StatefulSet set(String current, String update, int replicas) {
        return new StatefulSetBuilder()
                .withNewMetadata()
                .withGeneration(7L)
                .endMetadata()
                .withNewSpec()
                .withReplicas(2)
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .withImage("weaviate:1.35.2")
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .withNewStatus()
                .withObservedGeneration(7L)
                .withCurrentRevision(current)
                .withUpdateRevision(update)
                .withReplicas(replicas)
                .endStatus()
                .build();
    }
}
