package dev.heddle.core.shortform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.Cluster;
import dev.heddle.api.cloud.v1alpha1.ClusterStatus;
import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.adoption.Adoption;
import dev.heddle.core.scale.WritePausing;
import dev.heddle.core.shortform.ShortFormView.Obstacle;
import dev.heddle.core.status.Announcement;
import dev.heddle.core.status.Conditions;
import dev.heddle.core.version.Resolution;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ShortFormStatusTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Resolution RESOLVED =
            new Resolution(Optional.of("1.35.2"), Resolution.Outcome.RESOLVED, "Resolved", "1.x stands for 1.35.2.");

    @Test
    void mirrorsAReadyChild() {
        var status = of(view(ready(3), new ImageVerdict.NotAsked(), Optional.empty()));

        assertThat(outline(status))
                .containsExactly("Ready=True", "Reconciling=False", "Stalled=False", "VersionResolved=True");
        assertThat(status.phase()).isEqualTo(ClusterPhase.RUNNING);
        assertThat(status.version()).isEqualTo("1.35.2");
        assertThat(status.targetVersion()).isEqualTo("1.35.2");
        assertThat(status.replicas()).isEqualTo(3);
    }

    /** Ready of a former spec is not Ready of this one. */
    @Test
    void isNotReadyBeforeItsChildWasLookedAt() {
        assertThat(outline(of(view(ready(4), new ImageVerdict.NotAsked(), Optional.empty()))))
                .startsWith("Ready=False", "Reconciling=True");
        assertThat(outline(of(view(Optional.empty(), new ImageVerdict.NotAsked(), Optional.empty()))))
                .startsWith("Ready=False", "Reconciling=True", "Stalled=False");
    }

    @Test
    void keepsServingWhileItsNextImageIsRefused() {
        var refused = new ImageVerdict.Refused("ImageNotSigned", "no");
        var status = of(view(ready(3), refused, Optional.empty()));

        assertThat(outline(status)).startsWith("Ready=True", "Reconciling=False", "Stalled=True");
        assertThat(reason(status, "Stalled")).isEqualTo("ImageNotSigned");
        assertThat(reason(status, "ImageVerified")).isEqualTo("ImageNotSigned");
    }

    @Test
    void tellsWhatPassesFromWhatDoesNot() {
        var away = of(view(Optional.empty(), new ImageVerdict.Unknown("RegistryUnreachable", "no"), Optional.empty()));
        assertThat(outline(away)).startsWith("Ready=False", "Reconciling=True", "Stalled=False");
        assertThat(away.phase()).isEqualTo(ClusterPhase.PENDING);
        var taken = of(view(
                Optional.empty(), new ImageVerdict.NotAsked(), Optional.of(new Obstacle("NameTaken", "somebody's"))));
        assertThat(outline(taken)).startsWith("Ready=False", "Reconciling=False", "Stalled=True");
        assertThat(reason(taken, "Ready")).isEqualTo("NameTaken");
        assertThat(taken.phase()).isEqualTo(ClusterPhase.FAILED);
    }

    @Test
    void keepsWhatWasKnownWhenAnAttemptFails() {
        var cluster = cluster();
        cluster.setStatus(of(view(ready(3), new ImageVerdict.NotAsked(), Optional.empty())));

        var failing = new ShortFormStatus(cluster, NOW).failing("HTTP 503");

        assertThat(outline(failing)).contains("Ready=True", "Reconciling=True").doesNotHaveDuplicates();
        assertThat(failing.targetVersion()).isEqualTo("1.35.2");
        assertThat(outline(new ShortFormStatus(cluster(), NOW).failing("x"))).containsExactly("Reconciling=True");
    }

    /** Who has a Cluster cannot set what only its child has. */
    @Test
    void namesFieldsOfItsOwn() {
        var child = ready(3);
        child.orElseThrow()
                .getStatus()
                .conditions()
                .forEach(
                        condition -> condition.setMessage(
                                WritePausing.ALLOW
                                        + " Or delete them. spec.replicas is 1: set spec.replicas, spec.autoScaling.minReplicas, spec.storage.size or spec.storage.autoResize.limit; not done within upgrade.timeout."));

        assertThat(of(view(child, new ImageVerdict.NotAsked(), Optional.empty()))
                        .conditions())
                .filteredOn(condition -> !condition.getType().equals("VersionResolved"))
                .hasSize(3)
                .extracting(Condition::getMessage)
                .containsOnly(
                        "A Cluster cannot pause them: delete them. spec.instances is 1: set spec.instances, spec.autoscaling.minReplicas, spec.storage.requests or spec.storage.autoResizePolicy.limit; not done within the time for one step.");
    }

    @Test
    void announcesDecisionsAndNotTheOrdinaryWay() {
        var first = of(view(ready(3), new ImageVerdict.NotAsked(), Optional.empty()));
        assertThat(ShortFormNews.between(null, first))
                .extracting(Announcement::reason)
                .containsExactly("VersionResolved");
        assertThat(ShortFormNews.between(first, first)).isEmpty();
        var refused = of(view(ready(3), new ImageVerdict.Refused("ImageNotSigned", "no"), Optional.empty()));
        assertThat(ShortFormNews.between(first, refused))
                .containsExactly(new Announcement(true, "ImageNotSigned", "no"));
    }

    private static ClusterStatus of(ShortFormView view) {
        return new ShortFormStatus(cluster(), NOW).of(view, List.of());
    }

    private static ShortFormView view(
            Optional<WeaviateCluster> child, ImageVerdict image, Optional<Obstacle> obstacle) {
        return new ShortFormView(
                child, RESOLVED, new Tags.NotAsked(), image, new Adoption.None(false), child.isPresent(), obstacle);
    }

    private static Optional<WeaviateCluster> ready(int generation) {
        return Optional.of(Serialization.unmarshal("""
                metadata: {name: one, generation: %d}
                spec: {version: 1.35.2}
                status:
                  observedGeneration: 3
                  phase: Running
                  version: 1.35.2
                  replicas: 3
                  conditions:
                    - {type: Ready, status: "True", reason: Serving, message: all}
                    - {type: Reconciling, status: "False", reason: UpToDate, message: none}
                    - {type: Stalled, status: "False", reason: NotStalled, message: none}
                """.formatted(generation), WeaviateCluster.class));
    }

    private static Cluster cluster() {
        return Serialization.unmarshal(
                "metadata: {name: one, namespace: team, generation: 1}\nspec: {version: 1.x}", Cluster.class);
    }

    private static List<String> outline(ClusterStatus status) {
        return status.conditions().stream()
                .map(condition -> condition.getType() + "=" + condition.getStatus())
                .toList();
    }

    private static String reason(ClusterStatus status, String type) {
        return Conditions.find(status.conditions(), type).orElseThrow().getReason();
    }
}
