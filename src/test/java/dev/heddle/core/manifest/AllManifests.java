package dev.heddle.core.manifest;

import dev.heddle.core.cluster.ClusterPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;

/** Every child of a cluster; a new manifest function has to be added here to be tested. */
final class AllManifests {
    private AllManifests() {}

    static List<HasMetadata> of(ClusterPlan plan) {
        var children = new ArrayList<HasMetadata>();
        children.addAll(AuthSecretManifest.of(plan).values());
        children.addAll(RuntimeManifest.of(plan).values());
        children.addAll(AccessManifests.serviceAccounts(plan).values());
        children.addAll(ServiceManifests.of(plan).values());
        children.addAll(StatefulSetManifest.of(plan).values());
        children.addAll(DeploymentManifests.of(plan).values());
        children.addAll(PolicyManifests.budgets(plan).values());
        children.addAll(PolicyManifests.networkPolicies(plan).values());
        children.addAll(AccessManifests.roles(plan).values());
        children.addAll(AccessManifests.roleBindings(plan).values());
        children.addAll(MonitoringManifests.serviceMonitors(plan).values());
        children.addAll(Mesh.peerAuthentications(plan).values());
        children.addAll(Mesh.destinationRules(plan).values());
        plan.storage().made().map(StorageClassManifest::of).ifPresent(children::add);
        return children;
    }
}
