package dev.heddle.core.status;

import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.ModulePlan;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;

/** Inference containers that do not serve, and why. The database serves without them. */
final class ModuleHealth {
    private ModuleHealth() {}

    static List<Finding> of(ClusterPlan plan, ClusterObservation seen) {
        return plan.modules().stream()
                .filter(module -> module.inference().isPresent())
                .flatMap(module -> of(module, seen).stream())
                .toList();
    }

    private static Optional<Finding> of(ModulePlan module, ClusterObservation seen) {
        int wanted = module.inference().orElseThrow().replicas();
        int ready = Optional.ofNullable(seen.live().deployments().get(module.name()))
                .map(Deployment::getStatus)
                .map(status -> status.getReadyReplicas())
                .orElse(0);
        if (ready >= wanted) {
            return Optional.empty();
        }
        var trouble = PodTrouble.first(seen.live().modulePods().getOrDefault(module.name(), List.of()), List.of());
        return Optional.of(new Finding(
                Topic.MODULE,
                trouble.map(PodTrouble::reason).orElse("ModuleStarting"),
                "Module %s: %d of %d containers serve.%s"
                        .formatted(
                                module.name(),
                                ready,
                                wanted,
                                trouble.map(pod -> " " + pod.message()).orElse(""))));
    }
}
