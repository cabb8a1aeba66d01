package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Volumes grow under a cluster that serves, by the spec and by free space; no pod restarts for it. */
@Tag("journey")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StorageIT {
    private static final int OBJECTS = 100;
    private static final Duration RECOVERED = Duration.ofMinutes(2);

    @RegisterExtension
    static final Journey JOURNEY = Journey.in("journey-storage");

    private static Subject one;

    @BeforeAll
    static void create() {
        one = JOURNEY.cluster("one");
        one.apply(Subject.small(3, "").replace("storage: {size: 256Mi}", "storage: {size: 128Mi}"));
        one.awaitReady();
        one.weaviate().store("Kept", 3, OBJECTS);
    }

    @Test
    @Order(1)
    void growsByTheSpec() {
        var pods = one.uids();
        var former = one.statefulSet().orElseThrow().getMetadata().getUid();

        one.change("storage: {size: 160Mi}");

        awaitSize("160Mi");
        var set = one.statefulSet().orElseThrow();
        assertThat(set.getMetadata().getUid()).isNotEqualTo(former);
        assertThat(set.getSpec()
                        .getVolumeClaimTemplates()
                        .getFirst()
                        .getSpec()
                        .getResources()
                        .getRequests()
                        .get("storage"))
                .hasToString("160Mi");
        assertThat(one.uids()).as("the same pods").isEqualTo(pods);
        one.weaviate().holds("Kept", OBJECTS);
        assertThat(one.status().voters()).isEqualTo(3);
    }

    @Test
    @Order(2)
    void refusesToShrink() {
        one.change("storage: {size: 100Mi}");
        one.awaitCondition("Stalled", "True", "StorageChangeRefused", "100Mi", "160Mi", "cannot shrink");
        one.change("storage: {size: 160Mi}");
        one.awaitCondition("Stalled", "False", "NotStalled");
    }

    @Test
    @Order(3)
    void growsOutOfAFullDisk() {
        var pods = one.uids();
        one.change("storage: {autoResize: {limit: 1Gi, increment: 64Mi}}");
        one.awaitReady();
        one.weaviate().fill("Ballast");
        long full = System.nanoTime();

        await("writes go on")
                .atMost(RECOVERED)
                .pollInterval(Duration.ofSeconds(2))
                .until(() -> !one.status().storage().size().equals("160Mi")
                        && one.weaviate().takesWrites("Ballast")
                        && one.condition("DiskPressure").isEmpty());
        System.err.printf(
                "writes went on %.0f s after the disk was full; volumes have %s now%n",
                (System.nanoTime() - full) / 1e9, one.status().storage().size());
        assertThat(one.uids()).as("the same pods").isEqualTo(pods);
        one.weaviate().holds("Kept", OBJECTS);
    }

    private static void awaitSize(String size) {
        await("all volumes have " + size)
                .atMost(Subject.PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> one.is("Reconciling", "False")
                        && one.status().storage().size().equals(size)
                        && one.status().phase() == ClusterPhase.RUNNING);
        assertThat(one.claims())
                .allSatisfy(claim -> assertThat(claim.getStatus().getCapacity().get("storage"))
                        .hasToString(size));
    }
}
