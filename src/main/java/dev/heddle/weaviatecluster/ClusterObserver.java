package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.LiveCluster;
import dev.heddle.core.cluster.ReferencedNames;
import dev.heddle.core.cluster.References;
import dev.heddle.core.cluster.Settings;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Names;
import dev.heddle.core.storage.Disks;
import dev.heddle.dependent.ReferenceIndex;
import dev.heddle.dependent.ReferencedObjects;
import dev.heddle.dependent.SharedInformers;
import dev.heddle.weaviate.WeaviateApi;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads all that a plan depends on: caches first, Weaviate itself, and the API server only while something is wrong. */
@ApplicationScoped
public class ClusterObserver {
    private final ApiKinds kinds;
    private final Credentialing credentials = new Credentialing();
    private final ReferenceIndex index = new ReferenceIndex();
    private final ReferencedObjects<Secret, WeaviateCluster> secrets;
    private final ReferencedObjects<ConfigMap, WeaviateCluster> configMaps;
    private final SpecSource specs;
    private final GpuSource gpus;
    private final WeaviateSource weaviate;
    private final WarningSource warnings;
    private final VolumeStatistics statistics;

    ClusterObserver(
            KubernetesClient client,
            Settings settings,
            WeaviateApi weaviate,
            ApiKinds kinds,
            SharedInformers informers,
            Clock clock) {
        this.kinds = kinds;
        this.secrets = new ReferencedObjects<>(informers.of(Secret.class, Secret::new), index);
        this.configMaps = new ReferencedObjects<>(informers.of(ConfigMap.class, ConfigMap::new), index);
        this.specs = new SpecSource(client, configMaps::get);
        this.gpus = new GpuSource(client, settings.clusterWide());
        this.weaviate = new WeaviateSource(weaviate);
        this.warnings = new WarningSource(client, clock);
        this.statistics = new VolumeStatistics(client, settings.clusterWide(), clock);
    }

    List<EventSource<?, WeaviateCluster>> eventSources(EventSourceContext<WeaviateCluster> context) {
        var sources = new ArrayList<EventSource<?, WeaviateCluster>>();
        sources.add(secrets.eventSource("referenced-secrets", context));
        sources.add(configMaps.eventSource("referenced-configmaps", context));
        sources.addAll(LabelledObjects.pods(context));
        sources.addAll(LabelledObjects.claims(context));
        return sources;
    }

    void forget(WeaviateCluster cluster) {
        index.forget(ResourceID.fromResource(cluster));
        gpus.forget(ResourceID.fromResource(cluster));
        warnings.forget(new Names(
                cluster.getMetadata().getNamespace(), cluster.getMetadata().getName()));
    }

    /** The spec with valuesFrom merged in. */
    SpecSource.Effective spec(WeaviateCluster cluster) {
        index.learn(ResourceID.fromResource(cluster), referred(cluster.getSpec()));
        var effective = specs.of(cluster);
        index.learn(ResourceID.fromResource(cluster), referred(effective.spec()));
        return effective;
    }

    /** The spec that a deletion goes by. */
    WeaviateClusterSpec lastSpec(WeaviateCluster cluster) {
        index.learn(ResourceID.fromResource(cluster), referred(cluster.getSpec()));
        return specs.last(cluster);
    }

    ClusterObservation observe(
            WeaviateCluster cluster, SpecSource.Effective effective, Context<WeaviateCluster> context) {
        var namespace = cluster.getMetadata().getNamespace();
        var names = new Names(namespace, cluster.getMetadata().getName());
        var live = live(names, context);
        var known = credentials.of(authSecret(names, live, context));
        var referenced = new HashMap<String, Secret>();
        ReferencedNames.secrets(effective.spec())
                .forEach(name -> secrets.get(namespace, name).ifPresent(secret -> referenced.put(name, secret)));
        var configured = new HashMap<String, ConfigMap>();
        ReferencedNames.configMaps(effective.spec())
                .forEach(name -> configMaps.get(namespace, name).ifPresent(map -> configured.put(name, map)));
        var report = weaviate.of(live, ClusterDefaults.replicas(effective.spec()), known.operatorKey());
        return new ClusterObservation(
                effective.spec(),
                effective.finding().map(List::of).orElse(List.of()),
                new References(referenced, configured),
                known,
                live,
                gpus.of(cluster, effective.spec(), context),
                kinds.known(),
                report,
                disks(effective.spec(), names, live, report));
    }

    /** Kubelet is asked only for those who want to grow by free space, or lack it. */
    private Disks disks(WeaviateClusterSpec spec, Names names, LiveCluster live, WeaviateReport report) {
        boolean readOnly = report instanceof WeaviateReport.Answered answered
                && answered.nodes().stream().anyMatch(node -> !node.readOnly().isEmpty());
        return readOnly || ClusterDefaults.autoResize(spec).isPresent()
                ? statistics.of(names, live.pods(), live.claims())
                : Disks.notRead();
    }

    private static TreeSet<String> referred(WeaviateClusterSpec spec) {
        var names = new TreeSet<>(ReferencedNames.secrets(spec));
        names.addAll(ReferencedNames.configMaps(spec));
        return names;
    }

    /** From the cache; for a cluster that has run, an absent one is looked up, because new keys would roll every pod. */
    private Optional<Secret> authSecret(Names names, LiveCluster live, Context<WeaviateCluster> context) {
        return named(context.getSecondaryResourcesAsStream(Secret.class), names.authSecret())
                .or(() -> Stream.concat(live.statefulSet().stream(), live.pods().stream())
                        .findAny()
                        .map(any -> context.getClient()
                                .secrets()
                                .inNamespace(names.namespace())
                                .withName(names.authSecret())
                                .get()));
    }

    private LiveCluster live(Names names, Context<WeaviateCluster> context) {
        var set = named(context.getSecondaryResourcesAsStream(StatefulSet.class), names.statefulSet());
        var pods = context.getSecondaryResourcesAsStream(Pod.class).toList();
        var database = pods.stream()
                .filter(pod -> component(pod, Labels.DATABASE))
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
        var claims = context.getSecondaryResourcesAsStream(PersistentVolumeClaim.class)
                .filter(claim -> claim.getMetadata().getName().matches("data-" + names.statefulSet() + "-[0-9]+"))
                .toList();
        return new LiveCluster(
                set,
                database,
                claims,
                context.getSecondaryResourcesAsStream(Deployment.class)
                        .collect(Collectors.toMap(ClusterObserver::module, Function.identity(), (a, b) -> a)),
                pods.stream()
                        .filter(pod -> component(pod, Labels.INFERENCE))
                        .collect(Collectors.groupingBy(ClusterObserver::module)),
                warnings.of(names, set, database, claims));
    }

    private static <T extends HasMetadata> Optional<T> named(Stream<T> objects, String name) {
        return objects.filter(object -> name.equals(object.getMetadata().getName()))
                .findFirst();
    }

    private static boolean component(HasMetadata object, String component) {
        return component.equals(labels(object).get(Labels.COMPONENT));
    }

    private static String module(HasMetadata object) {
        return labels(object).getOrDefault(Labels.MODULE, "");
    }

    private static Map<String, String> labels(HasMetadata object) {
        return Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
    }
}
