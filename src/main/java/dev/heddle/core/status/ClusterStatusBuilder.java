package dev.heddle.core.status;

import dev.heddle.api.weaviate.v1.AutoScalingStatus;
import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.EndpointsStatus;
import dev.heddle.api.weaviate.v1.NodeStatus;
import dev.heddle.api.weaviate.v1.StorageStatus;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Ports;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Makes a fresh status for each outcome of a reconcile. */
public final class ClusterStatusBuilder {
    private final WeaviateCluster cluster;
    private final Optional<WeaviateClusterStatus> previous;
    private final Conditions conditions;
    private final Instant now;
    private Optional<AutoScalingStatus> scaling = Optional.empty();

    public ClusterStatusBuilder(WeaviateCluster cluster, Instant now) {
        this.cluster = cluster;
        this.previous = Optional.ofNullable(cluster.getStatus());
        this.now = now;
        this.conditions = new Conditions(
                previous.map(WeaviateClusterStatus::conditions).orElse(List.of()),
                cluster.getMetadata().getGeneration(),
                now);
    }

    /** What the autoscaler says; empty where it is off. */
    public ClusterStatusBuilder scaled(Optional<AutoScalingStatus> decided) {
        scaling = decided;
        return this;
    }

    /**
     * Nothing is acted upon; what was known stays.
     *
     * @param seen where something was announced whose end is to be told
     */
    public WeaviateClusterStatus suspended(Optional<ClusterObservation> seen) {
        seen.ifPresent(now -> away(List.of(), now));
        var ready = previous.map(WeaviateClusterStatus::conditions)
                .flatMap(list -> Conditions.find(list, "Ready"))
                .map(Condition::getStatus)
                .orElse("Unknown");
        conditions.add(
                "Ready",
                ready,
                "Suspended",
                "spec.suspend is true: the operator does not act; the state is the last one seen.");
        conditions.add("Reconciling", false, "Suspended", "The operator does not act.");
        conditions.add("Stalled", false, "Suspended", "The operator does not act.");
        return keeping(ClusterPhase.SUSPENDED, Optional.empty());
    }

    /**
     * The spec cannot be carried out; nothing is applied, what runs keeps running and is told as it is.
     *
     * @param health how it fares; empty where nothing runs
     * @param paused whether Weaviate refuses writes
     */
    public WeaviateClusterStatus invalid(
            List<Finding> findings, ClusterObservation seen, Optional<ClusterHealth> health, boolean paused) {
        var first = findings.getFirst();
        var message = messages(findings);
        conditions.add(
                "Ready",
                health.filter(ClusterHealth::serving).isPresent(),
                health.map(ClusterHealth::reason).orElse(first.reason()),
                health.map(ClusterHealth::message).orElse(message));
        conditions.add("Reconciling", false, first.reason(), "Waiting for a change.");
        conditions.add("Stalled", true, first.reason(), message);
        var unresolved = of(findings, Topic.REFERENCE);
        if (!unresolved.isEmpty()) {
            references(unresolved);
        } else if (previous.map(WeaviateClusterStatus::conditions)
                .flatMap(list -> Conditions.find(list, "ReferencesResolved"))
                .isPresent()) {
            conditions.add(
                    "ReferencesResolved", "Unknown", first.reason(), "They are looked up once the spec is mended.");
        }
        writes(paused, cluster.getSpec());
        away(List.of(), seen);
        boolean ran = previous.map(WeaviateClusterStatus::version).isPresent();
        var ill = health.isPresent() && ran ? ClusterPhase.DEGRADED : ClusterPhase.FAILED;
        return keeping(
                health.filter(ClusterHealth::serving).isPresent() ? ClusterPhase.RUNNING : ill, Optional.of(seen));
    }

    /** The last attempt failed for a reason that may pass; what was known stays. */
    public WeaviateClusterStatus failing(String why) {
        conditions.add("Reconciling", true, "Retrying", "The last attempt failed and is made again: " + why);
        return keeping(previous.map(WeaviateClusterStatus::phase).orElse(ClusterPhase.PENDING), Optional.empty());
    }

    public WeaviateClusterStatus planned(ClusterPlan plan, ClusterObservation seen, ClusterHealth health) {
        var stalled = of(plan, Topic.SPEC);
        conditions.add("Ready", health.serving(), health.reason(), health.message());
        reconciling(plan, health);
        conditions.add(
                "Stalled",
                !stalled.isEmpty(),
                stalled.isEmpty() ? "NotStalled" : stalled.getFirst().reason(),
                stalled.isEmpty() ? "The spec is carried out." : messages(stalled));
        references(of(plan, Topic.REFERENCE));
        modules(plan, seen);
        gpu(plan);
        informative(plan);
        writes(plan.writesPaused(), plan.spec());
        away(of(plan, Topic.ONLY_REPLICA), seen);
        boolean ran = previous.map(WeaviateClusterStatus::version).isPresent();
        return new WeaviateClusterStatus(
                cluster.getMetadata().getGeneration(),
                phase(plan, health, ran),
                health.serving() || ran ? plan.running() : null,
                plan.spec().version(),
                plan.replicas(),
                ready(seen, plan.replicas()),
                Labels.selector(plan.names(), Labels.DATABASE).entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(",")),
                endpoints(plan),
                plan.voters(),
                nodes(seen),
                scaling.orElse(null),
                storage(plan),
                plan.upgrade().orElse(null),
                conditions.build());
    }

    private void reconciling(ClusterPlan plan, ClusterHealth health) {
        if (plan.operation().isPresent()) {
            var operation = plan.operation().get();
            conditions.add("Reconciling", true, operation.reason(), operation.message());
        } else {
            conditions.add(
                    "Reconciling",
                    !health.serving(),
                    health.serving() ? "UpToDate" : "InProgress",
                    health.serving() ? "Nothing is being changed." : health.message());
        }
    }

    private ClusterPhase phase(ClusterPlan plan, ClusterHealth health, boolean ran) {
        if (plan.operation().isPresent()) {
            return plan.operation().get().phase();
        }
        if (health.serving()) {
            return plan.has(Topic.DATA_LOSS) || plan.has(Topic.DISK) ? ClusterPhase.DEGRADED : ClusterPhase.RUNNING;
        }
        if (!ran) {
            return ClusterPhase.CREATING;
        }
        boolean grows = previous.map(WeaviateClusterStatus::replicas)
                .filter(before -> before < plan.replicas())
                .isPresent();
        boolean growing = previous.map(WeaviateClusterStatus::phase)
                .filter(phase -> phase == ClusterPhase.SCALING)
                .isPresent();
        if ((grows || growing) && !plan.has(Topic.REPLICAS)) {
            return ClusterPhase.SCALING;
        }
        return health.reason().equals("RollingOut") ? ClusterPhase.UPGRADING : ClusterPhase.DEGRADED;
    }

    private void writes(boolean paused, WeaviateClusterSpec spec) {
        WritesPaused.tell(paused, previous.flatMap(WritesPaused::of), spec, conditions, now);
    }

    private void away(List<Finding> announced, ClusterObservation seen) {
        OnlyReplicaAway.tell(
                announced.stream().findFirst(),
                previous.flatMap(OnlyReplicaAway::of),
                OnlyReplicaAway.serving(seen),
                conditions,
                now);
    }

    private void references(List<Finding> missing) {
        conditions.add(
                "ReferencesResolved",
                missing.isEmpty(),
                missing.isEmpty() ? "AllFound" : missing.getFirst().reason(),
                missing.isEmpty() ? "Every Secret and ConfigMap that the spec names is there." : messages(missing));
    }

    private void modules(ClusterPlan plan, ClusterObservation seen) {
        var dead = Stream.concat(ModuleHealth.of(plan, seen).stream(), of(plan, Topic.MODULE).stream())
                .toList();
        if (!plan.modules().isEmpty() || !dead.isEmpty()) {
            conditions.add(
                    "ModulesReady",
                    dead.isEmpty(),
                    dead.isEmpty() ? "AllReady" : dead.getFirst().reason(),
                    dead.isEmpty() ? "Every module that has a container has one that serves." : messages(dead));
        }
    }

    private void gpu(ClusterPlan plan) {
        var placed = of(plan, Topic.GPU);
        if (!placed.isEmpty()) {
            var worst = placed.stream()
                    .filter(finding -> !finding.reason().equals("PoolChosen"))
                    .findFirst();
            var status =
                    worst.isEmpty() ? "True" : worst.get().reason().equals("NodesNotReadable") ? "Unknown" : "False";
            conditions.add(
                    "GpuAvailable", status, worst.orElse(placed.getFirst()).reason(), messages(placed));
        }
    }

    private void informative(ClusterPlan plan) {
        present(plan, Topic.NOT_YET_SUPPORTED, "NotYetSupported", true);
        present(plan, Topic.MESH, "MeshConfigured", false);
        present(plan, Topic.CLOUD, "CloudProviderApplied", false);
        present(plan, Topic.MONITORING, "MonitoringConfigured", false);
        present(plan, Topic.DISK, "DiskPressure", true);
        present(plan, Topic.DATA_LOSS, "DataLoss", true);
        present(plan, Topic.REPLICAS, "ReplicasComplete", false);
        present(plan, Topic.AUTO_RESIZE, "AutoResizing", false);
        present(plan, Topic.AUTO_SCALING, "AutoScaling", false);
    }

    private void present(ClusterPlan plan, Topic topic, String type, boolean status) {
        var found = of(plan, topic);
        if (!found.isEmpty()) {
            conditions.add(type, status, found.getFirst().reason(), messages(found));
        }
    }

    private static List<Finding> of(ClusterPlan plan, Topic topic) {
        return of(plan.findings(), topic);
    }

    private static List<Finding> of(List<Finding> findings, Topic topic) {
        return findings.stream().filter(finding -> finding.topic() == topic).toList();
    }

    private static String messages(List<Finding> findings) {
        return findings.stream().map(Finding::message).distinct().collect(Collectors.joining(" "));
    }

    /** Absent and not empty, as the API server gives it back. */
    private static StorageStatus storage(ClusterPlan plan) {
        var volumes = plan.storage().volumes().known();
        return new StorageStatus(plan.storage().resize().present(), volumes.isEmpty() ? null : volumes);
    }

    private static EndpointsStatus endpoints(ClusterPlan plan) {
        var host = "%s.%s.svc.%s"
                .formatted(
                        plan.names().clientService(),
                        plan.names().namespace(),
                        plan.settings().clusterDomain());
        return new EndpointsStatus(host + ":80", host + ":" + Ports.GRPC);
    }

    /** The last answer is kept while nobody can be asked, because nothing better is known. */
    private List<NodeStatus> nodes(ClusterObservation seen) {
        if (!(seen.weaviate() instanceof WeaviateReport.Answered answered)) {
            return previous.map(WeaviateClusterStatus::nodes).orElse(null);
        }
        return answered.nodes().stream()
                .map(node -> new NodeStatus(node.name(), node.version(), node.status(), node.shards(), node.objects()))
                .sorted(Comparator.comparing(NodeStatus::name))
                .toList();
    }

    private static int ready(ClusterObservation seen, int replicas) {
        long ready = seen.live().pods().stream().filter(PodTrouble::ready).count();
        return (int) Math.min(ready, replicas);
    }

    /** What was known stays, but for what is told anew. */
    private WeaviateClusterStatus keeping(ClusterPhase phase, Optional<ClusterObservation> seen) {
        var kept = previous.orElse(new WeaviateClusterStatus(
                null, null, null, null, null, null, null, null, null, null, null, null, null, null));
        return new WeaviateClusterStatus(
                cluster.getMetadata().getGeneration(),
                phase,
                kept.version(),
                cluster.getSpec().version(),
                kept.replicas(),
                kept.replicas() == null
                        ? kept.readyReplicas()
                        : seen.map(now -> Integer.valueOf(ready(now, kept.replicas())))
                                .orElse(kept.readyReplicas()),
                kept.selector(),
                kept.endpoints(),
                kept.voters(),
                seen.map(this::nodes).orElse(kept.nodes()),
                kept.autoScaling(),
                kept.storage(),
                kept.upgrade(),
                known());
    }

    private List<Condition> known() {
        var told = conditions.build();
        return Stream.concat(
                        previous.map(WeaviateClusterStatus::conditions).orElse(List.of()).stream()
                                .filter(condition -> Conditions.find(told, condition.getType())
                                        .isEmpty()),
                        told.stream())
                .toList();
    }
}
