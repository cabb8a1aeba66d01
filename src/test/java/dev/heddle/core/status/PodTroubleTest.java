package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodTroubleTest {

    static Stream<Arguments> troubles() {
        return Stream.of(
                Arguments.of(Pods.PULL, "ImagePullBackOff", "pod db-0: Back-off pulling image x"),
                Arguments.of(
                        Pods.CRASH,
                        "CrashLoopBackOff",
                        "pod db-0: back-off 40s (exit code 1, 4 restarts; see kubectl logs --previous)"),
                Arguments.of(
                        Pods.OOM,
                        "CrashLoopBackOff",
                        "pod db-0: back-off 40s (exit code 137, OOMKilled, 2 restarts; see kubectl logs --previous)"),
                Arguments.of(Pods.CONFIG, "CreateContainerConfigError", "pod db-0: secret \"x\" not found"),
                Arguments.of(
                        Pods.ENDED,
                        "ContainerEnded",
                        "pod db-0: container weaviate ended (exit code 2, 0 restarts; see kubectl logs --previous)"),
                Arguments.of(
                        Pods.INIT_FAILED,
                        "ContainerEnded",
                        "pod db-0: container mesh ended (exit code 1, 1 restarts; see kubectl logs --previous)"),
                Arguments.of(Pods.UNSCHEDULABLE, "Unschedulable", "pod db-0: 0/3 nodes are available"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("troubles")
    void saysWhatKubernetesSays(String status, String reason, String message) {
        assertThat(PodTrouble.of(Pods.pod(0, status))).hasValue(new PodTrouble(reason, message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                Pods.READY,
                Pods.NOT_READY,
                Pods.CREATING,
                Pods.INIT_DONE,
                "containerStatuses: [{name: weaviate, restartCount: 3, state: {running: {}}, lastState: {terminated: {exitCode: 1}}}]",
                "containerStatuses: [{name: weaviate, restartCount: 0, state: {waiting: {}}}]",
                "containerStatuses: [{name: weaviate, restartCount: 0}]",
                "conditions: [{type: PodScheduled, status: 'True'}]",
            })
    void isSilentAboutTheOrdinaryWay(String status) {
        assertThat(PodTrouble.of(Pods.pod(0, status))).isEmpty();
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
                .hasValue(new PodTrouble(
                        "ProvisioningFailed", "PersistentVolumeClaim data-db-0: no ProvisioningFailed"));
        assertThat(PodTrouble.first(List.of(Pods.pod(0, Pods.PULL)), events).orElseThrow().reason())
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
