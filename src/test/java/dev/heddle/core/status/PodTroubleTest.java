package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class PodTroubleTest {

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of(
                        Pods.PULL,
                        "ImagePullBackOff",
                        "pod db-0: image x:1 cannot be pulled: Back-off pulling image x"),
                Arguments.of(
                        Pods.PULL.replace("Back-off pulling image x", "Back-off: ErrImagePull: not found"),
                        "ImagePullBackOff",
                        "pod db-0: image x:1 cannot be pulled: not found"),
                Arguments.of(
                        Pods.PULL.replace("reason: ImagePullBackOff", "reason: ErrImagePull"),
                        "ImagePullBackOff",
                        "pod db-0: image x:1 cannot be pulled: Back-off pulling image x"),
                Arguments.of(Pods.CRASH, "CrashLoopBackOff", ended("weaviate", "1")),
                Arguments.of(Pods.OOM, "CrashLoopBackOff", ended("weaviate", "137 (OOMKilled)")),
                Arguments.of(Pods.ENDED, "CrashLoopBackOff", ended("weaviate", "2")),
                Arguments.of(Pods.INIT_FAILED, "CrashLoopBackOff", ended("mesh", "1")),
                Arguments.of(running(3), "CrashLoopBackOff", ended("weaviate", "1")),
                Arguments.of(Pods.CONFIG, "CreateContainerConfigError", "pod db-0: secret \"x\" not found"),
                Arguments.of(Pods.UNSCHEDULABLE, "Unschedulable", "pod db-0: 0/3 nodes are available"));
    }

    private static String ended(String container, String code) {
        return "pod db-0: container %s ends again and again, last with exit code %s; see kubectl logs --previous"
                .formatted(container, code);
    }

    private static String running(int restarts) {
        return "containerStatuses: [{name: weaviate, restartCount: %d, state: {running: {}}, lastState: {terminated: {exitCode: 1}}}]"
                .formatted(restarts);
    }

    static Stream<String> ordinary() {
        return Stream.of(
                "",
                Pods.READY,
                Pods.NOT_READY,
                Pods.CREATING,
                Pods.INIT_DONE,
                running(2),
                running(9).replace("restartCount", "ready: true, restartCount"),
                "containerStatuses: [{name: weaviate, restartCount: 0, state: {waiting: {}}}]",
                "containerStatuses: [{name: weaviate, restartCount: 0}]",
                "conditions: [{type: PodScheduled, status: 'True'}]",
                Pods.UNSCHEDULABLE.replace("0/3 nodes are available", "persistentvolumeclaim \"data-db-0\" not found"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("troubles")
    void saysWhatKubernetesSays(String status, String reason, String message) {
        assertThat(PodTrouble.of(Pods.pod(0, status))).hasValue(new PodTrouble(reason, message));
    }

    @ParameterizedTest
    @MethodSource("ordinary")
    void isSilentAboutTheOrdinaryWay(String status) {
        assertThat(PodTrouble.of(Pods.pod(0, status))).isEmpty();
    }

    @Test
    void saysNothingOfAPodThatIsLeaving() {
        var going = Pods.pod(0, Pods.CRASH);
        going.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");

        assertThat(PodTrouble.of(going)).isEmpty();
    }

    @Test
    void shortensAndJoinsLines() {
        var status = Pods.UNSCHEDULABLE.replace("0/3 nodes are available", "a\\n" + "x".repeat(1000));

        assertThat(PodTrouble.of(Pods.pod(0, status)).orElseThrow().message())
                .hasSizeLessThan(330)
                .endsWith("…")
                .doesNotContain("\n");
    }

    @Test
    void takesTheFirstPodInTrouble() {
        var pods = List.of(Pods.pod(0, Pods.READY), Pods.pod(1, Pods.PULL), Pods.pod(2, Pods.CRASH));

        assertThat(PodTrouble.first(pods, List.of()).orElseThrow().message()).startsWith("pod db-1");
    }

    @Test
    void explainsAnUnschedulablePodByItsVolume() {
        var events = List.of(
                Pods.event("PersistentVolumeClaim", "ProvisioningFailed", "2026-01-01T00:00:09Z"),
                Pods.event("StatefulSet", "FailedCreate", "2026-01-01T00:00:10Z"));

        assertThat(PodTrouble.first(List.of(Pods.pod(0, Pods.UNSCHEDULABLE)), events))
                .hasValue(
                        new PodTrouble("ProvisioningFailed", "PersistentVolumeClaim data-db-0: no ProvisioningFailed"));
        assertThat(PodTrouble.first(List.of(Pods.pod(0, Pods.PULL)), events)
                        .orElseThrow()
                        .reason())
                .isEqualTo("ImagePullBackOff");
    }

    @Test
    void takesTheLatestEventWhileThereAreNoPods() {
        var events = List.of(
                Pods.event("StatefulSet", "Older", "2026-01-01T00:00:01Z"),
                Pods.event("StatefulSet", "Newest", "2026-01-01T00:00:10Z"),
                Pods.event("StatefulSet", "Undated", null));

        assertThat(PodTrouble.first(List.of(), events).orElseThrow().reason()).isEqualTo("Newest");
        assertThat(PodTrouble.first(List.of(), List.of())).isEmpty();
    }

    @Test
    void countsOnlyReadyPodsThatStay() {
        assertThat(PodTrouble.ready(Pods.pod(0, Pods.READY))).isTrue();
        assertThat(PodTrouble.ready(Pods.pod(0, Pods.NOT_READY))).isFalse();
        assertThat(PodTrouble.ready(Pods.pod(0, ""))).isFalse();
        var going = Pods.pod(0, Pods.READY);
        going.getMetadata().setDeletionTimestamp("2026-01-01T00:00:00Z");
        assertThat(PodTrouble.ready(going)).isFalse();
    }
}
