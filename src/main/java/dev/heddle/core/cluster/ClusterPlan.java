package dev.heddle.core.cluster;

import dev.heddle.api.weaviate.v1.UpgradeStatus;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.common.Names;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All decisions about one cluster; what the manifest functions turn into objects.
 *
 * @param spec effective spec, for fields that are passed through
 * @param version version of the pod template; may lag behind {@code spec.version}
 * @param upgrade the step of an upgrade that goes on or failed, as it is to be written down
 * @param replicas the one number: StatefulSet, PodDisruptionBudget and health all use it
 * @param voters size of the Raft voter set
 * @param secretsHash digest of the Secret values that Weaviate reads only at start
 * @param live the StatefulSet as it is, for its immutable fields
 * @param operation long work that is going on
 * @param findings what people should know
 */
public record ClusterPlan(
        Names names,
        WeaviateClusterSpec spec,
        Settings settings,
        String version,
        Optional<UpgradeStatus> upgrade,
        int replicas,
        int voters,
        StoragePlan storage,
        AuthPlan auth,
        Credentials credentials,
        List<ModulePlan> modules,
        Optional<BackupPlan> backup,
        CloudPlan cloud,
        String secretsHash,
        Optional<StatefulSet> live,
        Optional<Operation> operation,
        List<Finding> findings) {

    public Catalog catalog() {
        return settings.catalog();
    }

    /** Address of a Service of this cluster, with the trailing dot that keeps resolvers from trying search domains. */
    public String address(String service) {
        return "%s.%s.svc.%s.".formatted(service, names.namespace(), settings.clusterDomain());
    }

    /** The version that all nodes run, or ran before the step that goes on. */
    public String running() {
        return upgrade.map(UpgradeStatus::from).orElse(version);
    }

    public boolean has(Topic topic) {
        return findings.stream().anyMatch(finding -> finding.topic() == topic);
    }

    /** The same plan on the way to another number of nodes. */
    public ClusterPlan scaling(int nodes, Optional<Operation> way) {
        return copy(nodes, upgrade, way, findings);
    }

    /** The same plan with what is to be known of the step of an upgrade; it takes effect once that is written. */
    public ClusterPlan upgrading(Optional<UpgradeStatus> step, Optional<Operation> way) {
        return copy(replicas, step, way, findings);
    }

    /** The API server refused what the operation needs: it does not go on. */
    public ClusterPlan halted(List<Finding> why) {
        return with(Optional.empty(), why);
    }

    /** The same plan with more findings. */
    public ClusterPlan with(List<Finding> more) {
        return with(operation, more);
    }

    private ClusterPlan with(Optional<Operation> going, List<Finding> more) {
        var all = Stream.concat(findings.stream(), more.stream()).distinct().toList();
        return copy(replicas, upgrade, going, all);
    }

    private ClusterPlan copy(int nodes, Optional<UpgradeStatus> step, Optional<Operation> way, List<Finding> told) {
        return new ClusterPlan(
                names,
                spec,
                settings,
                version,
                step,
                nodes,
                voters,
                storage,
                auth,
                credentials,
                modules,
                backup,
                cloud,
                secretsHash,
                live,
                way,
                told);
    }
}
