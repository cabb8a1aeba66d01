package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.UpgradeStage;
import dev.heddle.api.weaviate.v1.UpgradeStatus;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.Samples;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AnnouncementTest {

    /** @param conditions each as "Type Status Reason" */
    private static WeaviateClusterStatus status(String version, Integer replicas, String... conditions) {
        var list = new Conditions(List.of(), 1, Samples.NOW);
        for (var condition : conditions) {
            var words = condition.split(" ");
            list.add(words[0], words[1], words[2], "message");
        }
        return new WeaviateClusterStatus(
                1L, null, version, null, replicas, null, null, null, null, null, null, null, null, list.build());
    }

    private static List<String> news(WeaviateClusterStatus before, WeaviateClusterStatus after) {
        return Announcement.between(before, after).stream()
                .map(news -> (news.warning() ? "Warning " : "Normal ") + news.reason())
                .toList();
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                Arguments.of("Ready False PodsNotReady", "Ready True Serving", "1.35.2", "Normal Serving"),
                Arguments.of("Ready True Serving", "Ready False PodsNotReady", "1.35.2", "Warning PodsNotReady"),
                Arguments.of("Ready True Serving", "Ready False NoLeader", "1.35.2", "Warning NoLeader"),
                Arguments.of("Ready False NoLeader", "Ready False NodesDiffer", "1.35.2", "Warning NodesDiffer"),
                Arguments.of("Ready False NoLeader", "Ready False RollingOut", "1.35.2", ""),
                Arguments.of("Ready False NoLeader", "Ready False PodsNotReady", "1.35.2", ""),
                Arguments.of("Ready False PodsNotReady", "Ready True Serving", null, ""),
                Arguments.of(
                        "Ready False PodsNotReady", "Ready False ImagePullBackOff", null, "Warning ImagePullBackOff"),
                Arguments.of("Ready True Serving", "Ready True Serving", "1.35.2", ""),
                Arguments.of("Ready True Serving", "Ready False RollingOut", "1.35.2", "Normal RollingOut"),
                Arguments.of("Reconciling False UpToDate", "Reconciling True Upgrading", "1.35.2", ""),
                Arguments.of("Reconciling True A", "Reconciling False B", "1.35.2", ""),
                Arguments.of(
                        "Reconciling False UpToDate", "Reconciling True DrainingNode", "1.35.2", "Normal DrainingNode"),
                Arguments.of("Reconciling True DrainingNode", "Reconciling True DrainingNode", "1.35.2", ""),
                Arguments.of("Reconciling True DrainingNode", "Reconciling False UpToDate", "1.35.2", ""),
                Arguments.of(
                        "Reconciling True Rebalancing", "Reconciling False UpToDate", "1.35.2", "Normal Rebalanced"),
                Arguments.of("Reconciling True Rebalancing", "Reconciling True InProgress", "1.35.2", ""),
                Arguments.of("Reconciling False UpToDate", "Reconciling True Retrying", "1.35.2", ""),
                Arguments.of("Stalled False NotStalled", "Stalled True Bad", "1.35.2", "Warning Bad"),
                Arguments.of("Stalled True Bad", "Stalled False NotStalled", "1.35.2", "Normal NotStalled"),
                Arguments.of("Stalled True Bad", "Stalled False Suspended", "1.35.2", ""),
                Arguments.of("ReferencesResolved True A", "ReferencesResolved False B", "1.35.2", "Warning B"),
                Arguments.of("Other True A", "OnlyReplicaAway True NodeRestarts", "1.35.2", "Warning NodeRestarts"),
                Arguments.of(
                        "OnlyReplicaAway True NodeRestarts",
                        "OnlyReplicaAway False NodeBack",
                        "1.35.2",
                        "Normal NodeBack"),
                Arguments.of("Other True A", "Stalled False NotStalled", "1.35.2", ""),
                Arguments.of("Other True A", "GpuAvailable True PoolChosen", "1.35.2", "Normal PoolChosen"),
                Arguments.of("Other True A", "GpuAvailable False NoNodeFits", "1.35.2", "Warning NoNodeFits"),
                Arguments.of(
                        "Other True A", "NotYetSupported True NotYetSupported", "1.35.2", "Warning NotYetSupported"));
    }

    @ParameterizedTest(name = "{0} to {1}, version {2}: {3}")
    @MethodSource("changes")
    void announcesWhatAPersonWouldAskAbout(String before, String after, String version, String expected) {
        assertThat(news(status(version, 3, before), status(version, 3, after)))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    @Test
    void saysNothingAboutAnOrdinaryStart() {
        assertThat(news(
                        null,
                        status(
                                null,
                                3,
                                "Ready False PodsNotReady",
                                "Reconciling True InProgress",
                                "Stalled False NotStalled",
                                "ReferencesResolved True AllFound")))
                .isEmpty();
    }

    static Stream<Arguments> steps() {
        return Stream.of(
                Arguments.of(null, UpgradeStage.ROLLING, "1.35.2", "Normal UpgradeStepBegun"),
                Arguments.of(null, UpgradeStage.BACKINGUP, "1.35.2", "Normal UpgradeBackup"),
                Arguments.of(UpgradeStage.BACKINGUP, UpgradeStage.ROLLING, "1.35.2", "Normal UpgradeStepBegun"),
                Arguments.of(UpgradeStage.ROLLING, UpgradeStage.ROLLING, "1.35.2", ""),
                Arguments.of(UpgradeStage.ROLLING, null, "1.36.0", "Normal UpgradeStepDone"),
                Arguments.of(UpgradeStage.ROLLING, UpgradeStage.ROLLINGBACK, "1.35.2", "Warning UpgradeRollingBack"),
                Arguments.of(UpgradeStage.ROLLINGBACK, UpgradeStage.ROLLEDBACK, "1.35.2", ""),
                Arguments.of(UpgradeStage.ROLLING, UpgradeStage.STOPPED, "1.35.2", ""),
                Arguments.of(UpgradeStage.ROLLEDBACK, null, "1.35.2", ""));
    }

    @ParameterizedTest(name = "{0} to {1}: {3}")
    @MethodSource("steps")
    void announcesTheStepsOfAnUpgrade(UpgradeStage before, UpgradeStage after, String version, String expected) {
        assertThat(news(upgrading("1.35.2", before), upgrading(version, after)))
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
    }

    private static WeaviateClusterStatus upgrading(String version, UpgradeStage stage) {
        var step = stage == null
                ? null
                : new UpgradeStatus("1.35.2", "1.36.0", "1.36.0", stage, "2026-01-01T00:00:00Z", null, "b", "why");
        return new WeaviateClusterStatus(
                1L, null, version, null, 3, null, null, null, null, null, null, null, step, List.of());
    }

    @Test
    void announcesAnotherNumberOfNodes() {
        assertThat(news(status("1.35.2", 3), status("1.35.2", 5))).containsExactly("Normal ScalingOut");
        assertThat(news(status("1.35.2", 5), status("1.35.2", 4))).containsExactly("Normal ScaledIn");
        assertThat(news(status("1.35.2", 5), status("1.35.2", 5))).isEmpty();
        assertThat(news(status("1.35.2", null), status("1.35.2", 5))).isEmpty();
        assertThat(news(null, status(null, 5))).isEmpty();
    }
}
