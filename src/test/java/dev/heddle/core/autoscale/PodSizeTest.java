package dev.heddle.core.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodSizeTest {
    private static Pod pod(String status) {
        return Serialization.unmarshal(
                "apiVersion: v1\nkind: Pod\nmetadata: {name: db-0}\nstatus: %s\n".formatted(status), Pod.class);
    }

    private static ResourceRequirements size(String yaml) {
        return Serialization.unmarshal(yaml, ResourceRequirements.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{requests: {memory: 1Gi}, limits: {memory: 2Gi}} | true",
                "{requests: {memory: 1024Mi, cpu: 1}, limits: {memory: 4Gi}} | true",
                "{requests: {memory: 1Gi}, limits: {memory: 2047Mi}} | false",
                "{requests: {memory: 1Gi}} | false",
                "{} | false",
            })
    void comparesWhatKubeletGave(String resources, boolean holds) {
        var pod = pod("{containerStatuses: [{name: sidecar}, {name: weaviate, resources: %s}]}".formatted(resources));

        assertThat(PodSize.holds(pod, size("requests: {memory: 1Gi}\nlimits: {memory: 2Gi}")))
                .isEqualTo(holds);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "null", "{containerStatuses: []}", "{containerStatuses: [{name: weaviate}]}"})
    void knowsNothingOfAPodThatDoesNotRun(String status) {
        assertThat(PodSize.holds(pod(status), size("requests: {cpu: 1}\nlimits: {}")))
                .isFalse();
        assertThat(PodSize.pending(pod(status))).isEmpty();
    }

    @Test
    void saysWhatKeepsAPodFromGrowing() {
        assertThat(
                        PodSize.pending(
                                pod(
                                        "{conditions: [{type: PodResizePending, status: 'True', reason: Infeasible, message: 'Node did not have enough capacity: cpu'}]}")))
                .hasValueSatisfying(words -> assertThat(words)
                        .startsWith("db-0 cannot grow in place (Infeasible): Node did not have enough capacity")
                        .contains("maxAllowed"));
        assertThat(PodSize.pending(pod("{conditions: [{type: PodResizePending, status: 'True', reason: Deferred}]}")))
                .contains("db-0 cannot grow in place (Deferred): no reason given.");
        assertThat(PodSize.pending(pod(
                        "{conditions: [{type: PodResizeInProgress, status: 'True', reason: Error, message: oops}]}")))
                .contains("db-0 cannot grow in place (Error): oops.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{type: PodResizeInProgress, status: 'True'}",
                "{type: PodResizePending, status: 'False', reason: Infeasible}",
                "{type: Ready, status: 'True', reason: Error}"
            })
    void isNotAlarmedByAResizeThatGoesOn(String condition) {
        assertThat(PodSize.pending(pod("{conditions: [%s]}".formatted(condition))))
                .isEmpty();
    }
}
