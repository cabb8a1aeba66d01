package dev.heddle.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.common.Finding.Topic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NotYetSupportedTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "autoScaling: {enabled: true, maxReplicas: 3, targetCPU: 70} | spec.autoScaling",
                "autoScaling: {enabled: true, maxReplicas: 3, targetQPS: 7} | spec.autoScaling",
                "scaleIn: {writePause: Allowed}                              | spec.scaleIn.writePause",
                "monitoring: {rules: true}                                   | spec.monitoring.rules",
                "monitoring: {dashboards: true}                              | spec.monitoring.dashboards",
            })
    void namesTheField(String yaml, String field) {
        var finding = NotYetSupported.in(Samples.spec(yaml)).orElseThrow();

        assertThat(finding.topic()).isEqualTo(Topic.NOT_YET_SUPPORTED);
        assertThat(finding.message()).endsWith(": " + field + ".");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "autoScaling: {enabled: false}",
                "autoScaling: {maxReplicas: 3}",
                "storage: {size: 1Gi, autoResize: {limit: 1Ti}}",
                "rebalance: {enabled: false, maxConcurrentMoves: 2}",
                "scaleIn: {writePause: Never}",
                "upgrade: {backupFirst: true, strategy: OnDelete, timeout: 5m, rollback: false}",
                "monitoring: {enabled: true, serviceMonitor: true, rules: false, dashboards: false}",
            })
    void isSilentOtherwise(String yaml) {
        assertThat(NotYetSupported.in(Samples.spec(yaml))).isEmpty();
    }

    @Test
    void namesAllFieldsAtOnce() {
        var spec = Samples.spec("monitoring: {rules: true}\nscaleIn: {writePause: Allowed}");

        assertThat(NotYetSupported.in(spec).orElseThrow().message())
                .contains("spec.scaleIn.writePause, spec.monitoring.rules");
    }
}
