package dev.heddle.core.manifest;

import dev.heddle.api.weaviate.v1.SchedulingSpec;
import dev.heddle.api.weaviate.v1.Spread;
import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Labels;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.AffinityBuilder;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorTerm;
import io.fabric8.kubernetes.api.model.NodeSelectorTermBuilder;
import io.fabric8.kubernetes.api.model.PreferredSchedulingTermBuilder;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraintBuilder;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the database's pods go: the user's rules, and those of the cloud on top. */
final class Placement {
    private Placement() {}

    /** Null when there is no rule at all. */
    static Affinity affinity(ClusterPlan plan) {
        var own = Optional.ofNullable(plan.spec().scheduling()).map(SchedulingSpec::affinity);
        if (plan.cloud().required().isEmpty() && plan.cloud().preferred().isEmpty()) {
            return own.orElse(null);
        }
        var affinity = own.map(AffinityBuilder::new).orElseGet(AffinityBuilder::new);
        var nodes = affinity.editOrNewNodeAffinity();
        if (!plan.cloud().required().isEmpty()) {
            var terms = Optional.ofNullable(nodes.buildRequiredDuringSchedulingIgnoredDuringExecution())
                    .map(selector -> selector.getNodeSelectorTerms())
                    .filter(list -> !list.isEmpty())
                    .orElse(List.of(new NodeSelectorTerm()));
            nodes.withNewRequiredDuringSchedulingIgnoredDuringExecution()
                    .withNodeSelectorTerms(terms.stream()
                            .map(term -> and(term, plan.cloud().required()))
                            .toList())
                    .endRequiredDuringSchedulingIgnoredDuringExecution();
        }
        for (var preferred : plan.cloud().preferred()) {
            nodes.addToPreferredDuringSchedulingIgnoredDuringExecution(new PreferredSchedulingTermBuilder()
                    .withWeight(100)
                    .withNewPreference()
                    .withMatchExpressions(preferred)
                    .endPreference()
                    .build());
        }
        return nodes.endNodeAffinity().build();
    }

    private static NodeSelectorTerm and(NodeSelectorTerm term, List<NodeSelectorRequirement> required) {
        return new NodeSelectorTermBuilder(term)
                .addAllToMatchExpressions(required)
                .build();
    }

    static List<TopologySpreadConstraint> spread(ClusterPlan plan) {
        var own = Optional.ofNullable(plan.spec().scheduling()).map(SchedulingSpec::topologySpreadConstraints);
        if (own.isPresent()) {
            return own.get();
        }
        var spread = ClusterDefaults.spread(plan.spec());
        return Stream.of("topology.kubernetes.io/zone", "kubernetes.io/hostname")
                .filter(key -> spread == Spread.ZONE || spread == Spread.NODE && key.endsWith("hostname"))
                .map(key -> constraint(plan, key))
                .toList();
    }

    /** Soft: a database on two nodes of one zone serves, one that is pending does not. */
    private static TopologySpreadConstraint constraint(ClusterPlan plan, String key) {
        return new TopologySpreadConstraintBuilder()
                .withMaxSkew(1)
                .withTopologyKey(key)
                .withWhenUnsatisfiable("ScheduleAnyway")
                .withNewLabelSelector()
                .withMatchLabels(Labels.selector(plan.names(), Labels.DATABASE))
                .endLabelSelector()
                .build();
    }
}
