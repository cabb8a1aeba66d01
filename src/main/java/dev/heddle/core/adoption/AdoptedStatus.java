package dev.heddle.core.adoption;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.EndpointsStatus;
import dev.heddle.api.weaviate.v1.NodeStatus;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.common.Ports;
import dev.heddle.core.status.Conditions;
import dev.heddle.core.status.PodTrouble;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes a fresh status of a WeaviateCluster that runs on what a chart made. */
public final class AdoptedStatus {
    private final WeaviateCluster cluster;
    private final Optional<WeaviateClusterStatus> previous;
    private final Conditions conditions;
    private final String domain;

    /** @param domain DNS domain of Services */
    public AdoptedStatus(WeaviateCluster cluster, Instant now, String domain) {
        this.cluster = cluster;
        this.previous = Optional.ofNullable(cluster.getStatus());
        this.conditions = new Conditions(
                previous.map(WeaviateClusterStatus::conditions).orElse(List.of()),
                cluster.getMetadata().getGeneration(),
                now);
        this.domain = domain;
    }

    /** There is nothing that could be looked after. */
    public WeaviateClusterStatus gone() {
        var health = AdoptedHealth.gone(cluster.getSpec().adopt().statefulSet());
        conditions.add("Ready", false, health.reason(), health.message());
        conditions.add("Reconciling", false, health.reason(), "Waiting for a change.");
        conditions.add("Stalled", true, health.reason(), health.message());
        return status(
                ClusterPhase.FAILED,
                previous.map(WeaviateClusterStatus::version).orElse(null),
                0,
                null,
                null,
                null);
    }

    public WeaviateClusterStatus of(AdoptedPlan plan, AdoptedObservation seen, AdoptedHealth health) {
        var stalled = of(plan, Topic.SPEC);
        boolean moving = !health.serving();
        conditions.add("Ready", health.serving(), health.reason(), health.message());
        conditions.add(
                "Reconciling",
                moving,
                moving ? "InProgress" : "UpToDate",
                moving ? health.message() : "Nothing is being changed.");
        conditions.add(
                "Stalled",
                !stalled.isEmpty(),
                stalled.isEmpty() ? "NotStalled" : stalled.getFirst().reason(),
                stalled.isEmpty() ? "The spec is carried out." : messages(stalled));
        var ignored = of(plan, Topic.NOT_YET_SUPPORTED);
        if (!ignored.isEmpty()) {
            conditions.add("NotYetSupported", true, ignored.getFirst().reason(), messages(ignored));
        }
        boolean rolling = "RollingOut".equals(health.reason());
        var phase = health.serving() ? ClusterPhase.RUNNING : rolling ? ClusterPhase.UPGRADING : ClusterPhase.DEGRADED;
        var version = rolling ? previous.map(WeaviateClusterStatus::version).orElse(plan.version()) : plan.version();
        int ready = (int) seen.pods().stream().filter(PodTrouble::ready).count();
        return status(phase, version, ready, plan, endpoints(plan.live(), seen.services()), nodes(seen));
    }

    private WeaviateClusterStatus status(
            ClusterPhase phase,
            String version,
            int ready,
            AdoptedPlan plan,
            EndpointsStatus endpoints,
            List<NodeStatus> nodes) {
        var live = Optional.ofNullable(plan).map(AdoptedPlan::live);
        return new WeaviateClusterStatus(
                cluster.getMetadata().getGeneration(),
                phase,
                version,
                cluster.getSpec().version(),
                plan == null
                        ? previous.map(WeaviateClusterStatus::replicas).orElse(null)
                        : Integer.valueOf(plan.replicas()),
                ready,
                live.map(set -> selector(set.getSpec().getSelector().getMatchLabels()))
                        .orElse(null),
                endpoints,
                live.flatMap(AdoptedStatus::voters).orElse(null),
                nodes,
                null,
                null,
                null,
                conditions.build());
    }

    private static String selector(Map<String, String> labels) {
        return new TreeMap<>(labels)
                .entrySet().stream()
                        .map(label -> label.getKey() + "=" + label.getValue())
                        .collect(Collectors.joining(","));
    }

    private static Optional<Integer> voters(StatefulSet set) {
        return ChartStatefulSet.container(set).stream()
                .flatMap(container -> container.getEnv().stream())
                .filter(variable -> "RAFT_BOOTSTRAP_EXPECT".equals(variable.getName()) && variable.getValue() != null)
                .map(variable -> variable.getValue())
                .filter(value -> value.matches("[0-9]{1,3}"))
                .map(Integer::valueOf)
                .findFirst();
    }

    /** Where the chart's Services lead to the ports of the pods. */
    private EndpointsStatus endpoints(StatefulSet set, List<Service> services) {
        var http = address(set, services, Ports.HTTP);
        var grpc = address(set, services, Ports.GRPC);
        return http.isEmpty() && grpc.isEmpty() ? null : new EndpointsStatus(http.orElse(null), grpc.orElse(null));
    }

    private Optional<String> address(StatefulSet set, List<Service> services, int target) {
        var labels = set.getSpec().getTemplate().getMetadata().getLabels();
        var names = ChartStatefulSet.container(set).stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(port -> Integer.valueOf(target).equals(port.getContainerPort()))
                .map(port -> port.getName())
                .toList();
        return services.stream()
                .filter(service -> !"None".equals(service.getSpec().getClusterIP()))
                .filter(service -> service.getSpec().getSelector() != null
                        && !service.getSpec().getSelector().isEmpty()
                        && labels.entrySet()
                                .containsAll(service.getSpec().getSelector().entrySet()))
                .sorted(Comparator.comparing(service -> service.getMetadata().getName()))
                .flatMap(service -> service.getSpec().getPorts().stream()
                        .filter(port -> leads(port.getTargetPort(), target, names))
                        .map(port -> "%s.%s.svc.%s:%d"
                                .formatted(
                                        service.getMetadata().getName(),
                                        service.getMetadata().getNamespace(),
                                        domain,
                                        port.getPort())))
                .findFirst();
    }

    private static boolean leads(IntOrString to, int target, List<String> names) {
        return to != null && (Integer.valueOf(target).equals(to.getIntVal()) || names.contains(to.getStrVal()));
    }

    /** The last answer is kept while nobody can be asked, because nothing better is known. */
    private List<NodeStatus> nodes(AdoptedObservation seen) {
        return seen.weaviate() instanceof WeaviateReport.Answered answered
                ? answered.nodes().stream()
                        .map(node -> new NodeStatus(
                                node.name(), node.version(), node.status(), node.shards(), node.objects()))
                        .sorted(Comparator.comparing(NodeStatus::name))
                        .toList()
                : previous.map(WeaviateClusterStatus::nodes).orElse(null);
    }

    private static List<Finding> of(AdoptedPlan plan, Topic topic) {
        return plan.findings().stream()
                .filter(finding -> finding.topic() == topic)
                .toList();
    }

    private static String messages(List<Finding> findings) {
        return findings.stream().map(Finding::message).distinct().collect(Collectors.joining(" "));
    }
}
