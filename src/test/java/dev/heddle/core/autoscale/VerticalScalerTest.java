package dev.heddle.core.autoscale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.autoscale.Autoscaler.Freedom;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerticalScalerTest {
    private static final String BOUNDS =
            "maxReplicas: 9, targetQPS: 100, vertical: {enabled: true, minAllowed: {memory: 1Gi}, maxAllowed: {cpu: 4, memory: 8Gi}}";
    private static final String RESOURCES =
            "resources: {requests: {cpu: 500m, memory: 1Gi}, limits: {cpu: 1, memory: 1536Mi}}";

    private static VerticalScaler scaler(String scaling, String resources) {
        return VerticalScaler.of(Samples.spec("autoScaling: {enabled: true, %s}\n%s".formatted(scaling, resources)))
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        // cores, MiB in use; cpu, memory requests out of 500m, 1Gi
        "0.40, 700, 500m, 1024Mi",
        "0.43, 700, 500m, 1024Mi",
        "0.45, 700, 570m, 1024Mi",
        "0.10, 910, 500m, 1138Mi",
        "9.00, 700, 1, 1024Mi",
        "0.10, 9000, 500m, 2048Mi",
    })
    void raisesWhatIsShort(double cores, double mebibytes, String cpu, String memory) {
        var scaler = scaler(BOUNDS, RESOURCES);

        var next = scaler.decide(scaler.requests(Map.of()), Map.of("cpu", cores, "memory", mebibytes * (1 << 20)));

        assertThat(next).hasToString("{cpu=%s, memory=%s}".formatted(cpu, memory));
    }

    @Test
    void staysWithinTheBounds() {
        var scaler = scaler(BOUNDS, RESOURCES);
        var raised = Map.of("cpu", new Quantity("3"), "memory", new Quantity("7Gi"));

        assertThat(scaler.decide(scaler.requests(raised), Map.of("cpu", 99.0, "memory", 99e9)))
                .hasToString("{cpu=4, memory=8192Mi}");
        var lower = scaler(
                "maxReplicas: 9, targetQPS: 1, vertical: {enabled: true, minAllowed: {cpu: 2}, maxAllowed: {cpu: 4}}",
                RESOURCES);
        assertThat(lower.requests(Map.of())).hasToString("{cpu=2}");
        assertThat(lower.requests(raised)).hasToString("{cpu=3}");
        var shrunk =
                scaler("maxReplicas: 9, targetQPS: 1, vertical: {enabled: true, maxAllowed: {cpu: 250m}}", RESOURCES);
        assertThat(shrunk.requests(raised)).as("what the spec asks for stays").hasToString("{cpu=500m}");
    }

    @Test
    void takesLimitsAlong() {
        var size = scaler(BOUNDS, RESOURCES).size(Map.of("cpu", new Quantity("750m"), "memory", new Quantity("2Gi")));

        assertThat(size.getRequests()).hasToString("{cpu=750m, memory=2Gi}");
        assertThat(size.getLimits()).hasToString("{cpu=1500m, memory=3072Mi}");
    }

    @Test
    void namesWhatHasNothingToRaise() {
        assertThat(scaler(BOUNDS, "resources: {requests: {cpu: 1}}").baseless()).containsExactly("memory");
        assertThat(scaler(BOUNDS, "resources: {limits: {cpu: 1, memory: 1Gi}}").baseless())
                .isEmpty();
        assertThat(scaler(BOUNDS, "").requests(Map.of())).isEmpty();
    }

    @Test
    void isOffUnlessBothAreOn() {
        assertThat(VerticalScaler.of(Samples.spec("autoScaling: {vertical: {enabled: true, maxAllowed: {cpu: 1}}}")))
                .isEmpty();
        assertThat(VerticalScaler.of(Samples.spec("autoScaling: {enabled: true, maxReplicas: 3, targetCPU: 50}")))
                .isEmpty();
    }

    @Test
    void waitsForItsTurn() {
        var scene = new Scene(1, BOUNDS, RESOURCES);
        var peaks = Map.of("memory", 9e9);
        scene.after(10).sample(Scene.readings(Metric.QPS, 1), peaks);
        assertThat(scene.standing.raised()).hasToString("{cpu=500m, memory=2048Mi}");
        scene.after(10).sample(Scene.readings(Metric.QPS, 1), peaks);
        assertThat(scene.standing.raised()).as("cool-down").hasToString("{cpu=500m, memory=2048Mi}");
        scene.stuck = true;
        scene.after(60).sample(Scene.readings(Metric.QPS, 1), peaks);
        assertThat(scene.standing.raised()).as("no room").hasToString("{cpu=500m, memory=2048Mi}");
        scene.stuck = false;
        scene.freedom = Freedom.NONE;
        scene.after(10).sample(Scene.readings(Metric.QPS, 1), peaks);
        assertThat(scene.standing.raised()).as("other work").hasToString("{cpu=500m, memory=2048Mi}");
        scene.freedom = Freedom.ANY;
        scene.after(10).sample(Scene.readings(Metric.QPS, 1), peaks);
        assertThat(scene.standing.raised()).hasToString("{cpu=500m, memory=4096Mi}");
        scene.after(90).sample(Scene.readings(Metric.QPS, 1), Map.of("memory", 1.0));
        assertThat(scene.standing.raised()).as("never lowered").hasToString("{cpu=500m, memory=4096Mi}");
    }

    @Test
    void countsWhatANodeMayGrowToBeforeNodesAreAdded() {
        var spec = new Scene(1, BOUNDS, RESOURCES).spec;
        var raised = Map.of("cpu", new Quantity("1"), "memory", new Quantity("2Gi"));

        assertThat(Basis.of(spec, raised, false)).isEqualTo(new Basis(Optional.of(4.0), Optional.of(8.0 * (1 << 30))));
        assertThat(Basis.of(spec, raised, true)).isEqualTo(new Basis(Optional.of(1.0), Optional.of(2.0 * (1 << 30))));
        assertThat(Basis.of(Samples.spec("resources: {requests: {cpu: 0}, limits: {memory: 1Gi}}"), Map.of(), false))
                .isEqualTo(new Basis(Optional.empty(), Optional.of(1.0 * (1 << 30))));
    }
}
