package dev.heddle.core.autoscale;

import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import java.util.Optional;

/**
 * What the use of a node is compared with. A node that can still grow in place counts with what it may grow to, so that
 * nodes are added only when that is used up; one whose growth is held up counts as it is.
 *
 * @param cpu cores; empty where the spec asks for none
 * @param memory bytes
 */
public record Basis(Optional<Double> cpu, Optional<Double> memory) {

    /**
     * @param raised requests that were raised
     * @param stuck whether some pod cannot grow as it was asked to
     */
    public static Basis of(WeaviateClusterSpec spec, Map<String, Quantity> raised, boolean stuck) {
        return new Basis(amount("cpu", spec, raised, stuck), amount("memory", spec, raised, stuck));
    }

    private static Optional<Double> amount(
            String resource, WeaviateClusterSpec spec, Map<String, Quantity> raised, boolean stuck) {
        var growing = VerticalScaler.of(spec);
        return growing.filter(vertical -> !stuck)
                .flatMap(vertical -> vertical.reachable(resource))
                .or(() -> growing.map(vertical -> raised.get(resource)))
                .or(() -> Optional.ofNullable(spec.resources())
                        .map(resources -> VerticalScaler.stated(resources, resource)))
                .map(Quantity::getNumericalAmount)
                .map(Number::doubleValue)
                .filter(value -> value > 0);
    }
}
