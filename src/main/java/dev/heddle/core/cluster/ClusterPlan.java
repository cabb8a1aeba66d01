package dev.heddle.core.cluster;

import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.common.Names;
import dev.heddle.core.common.Versions;
import dev.heddle.core.replica.Volumes;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * All decisions about one cluster; what the manifest functions turn into objects.
 *
 * @param spec effective spec, for fields that are passed through
 * @param version version that runs or is to be started; may lag behind {@code spec.version}
 * @param replicas the one number: StatefulSet, PodDisruptionBudget and health all use it
 * @param voters size of the Raft voter set
 * @param secretsHash digest of the Secret values that Weaviate reads only at start
 * @param live the StatefulSet as it is, for its immutable fields
 * @param operation long work that is going on
 * @param writesPaused whether Weaviate is to refuse writes, because a shard with a single replica moves
 * @param findings what people should know
 */
public record ClusterPlan(
        Names names,
        WeaviateClusterSpec spec,
        Settings settings,
        String version,
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
        boolean writesPaused,
        List<Finding> findings) {

    public Catalog catalog() {
        return settings.catalog();
    }

    /** Address of a Service of this cluster, with the trailing dot that keeps resolvers from trying search domains. */
    public String address(String service) {
        return "%s.%s.svc.%s.".formatted(service, names.namespace(), settings.clusterDomain());
    }

    public boolean has(Topic topic) {
        return findings.stream().anyMatch(finding -> finding.topic() == topic);
    }

    /** Whether this version takes up settings, the pause of writes among them, while it runs. */
    public boolean reloads() {
        return Versions.atLeast(version, catalog().features().get("runtimeOverrides"));
    }

    /** The same plan on the way to another number of nodes. */
    public ClusterPlan scaling(int nodes, Optional<Operation> way) {
        return copy(nodes, storage, way, writesPaused, findings);
    }

    /** The same plan without writes. */
    public ClusterPlan pausingWrites() {
        return copy(replicas, storage, operation, true, findings);
    }

    /** The API server refused what the operation needs: it does not go on. */
    public ClusterPlan halted(List<Finding> why) {
        return with(Optional.empty(), why);
    }

    /** The same plan with other volumes that hold the data. */
    public ClusterPlan with(Volumes volumes) {
        return copy(replicas, storage.with(volumes), operation, writesPaused, findings);
    }

    /** The same plan that does nothing else meanwhile. */
    public ClusterPlan with(Operation going, List<Finding> more) {
        return with(Optional.of(going), more);
    }

    /** The same plan with more findings. */
    public ClusterPlan with(List<Finding> more) {
        return with(operation, more);
    }

    private ClusterPlan with(Optional<Operation> going, List<Finding> more) {
        var all = Stream.concat(findings.stream(), more.stream()).distinct().toList();
        return copy(replicas, storage, going, writesPaused, all);
    }

    private ClusterPlan copy(
            int nodes, StoragePlan volumes, Optional<Operation> way, boolean paused, List<Finding> told) {
        return new ClusterPlan(
                names,
                spec,
                settings,
                version,
                nodes,
                voters,
                volumes,
                auth,
                credentials,
                modules,
                backup,
                cloud,
                secretsHash,
                live,
                way,
                paused,
                told);
    }
}
