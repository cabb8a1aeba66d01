package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.config.OperatorConfig;
import dev.heddle.core.adoption.AdoptedHealth;
import dev.heddle.core.adoption.AdoptedObservation;
import dev.heddle.core.adoption.AdoptedPlanner;
import dev.heddle.core.adoption.AdoptedStatefulSet;
import dev.heddle.core.adoption.AdoptedStatus;
import dev.heddle.core.adoption.ChartStatefulSet;
import dev.heddle.core.cluster.LiveCluster;
import dev.heddle.core.cluster.Settings;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.common.Names;
import dev.heddle.weaviate.WeaviateApi;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.SecretKeySelector;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Looks after clusters that the official chart made. Their pods carry none of our labels, so they are read when the
 * StatefulSet, which does, announces a change.
 */
@ApplicationScoped
public class AdoptedClusters {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final KubernetesClient client;
    private final WeaviateSource weaviate;
    private final Settings settings;
    private final OperatorConfig config;
    private final Clock clock;

    AdoptedClusters(
            KubernetesClient client, WeaviateApi weaviate, Settings settings, OperatorConfig config, Clock clock) {
        this.client = client;
        this.weaviate = new WeaviateSource(weaviate);
        this.settings = settings;
        this.config = config;
        this.clock = clock;
    }

    static boolean adopted(WeaviateCluster cluster) {
        return cluster.getSpec().adopt() != null;
    }

    /** Writes what differs, and tells how it fares. */
    WeaviateClusterStatus of(WeaviateCluster cluster, WeaviateClusterSpec spec) {
        var status = new AdoptedStatus(cluster, clock.instant(), settings.clusterDomain());
        var seen = observe(cluster);
        if (seen.set().isEmpty()) {
            return status.gone();
        }
        var live = seen.set().get();
        var health = AdoptedHealth.of(live, seen);
        var plan = AdoptedPlanner.plan(spec, live, seen, health.serving());
        var wanted = AdoptedStatefulSet.of(cluster, plan);
        if (!AdoptedStatefulSet.holds(live, wanted)) {
            client.resource(wanted)
                    .patch(
                            new PatchContext.Builder()
                                    .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                    .withFieldManager("heddle")
                                    .withForce(true)
                                    .build(),
                            Serialization.asJson(wanted));
        }
        return status.of(plan, seen, health);
    }

    /** When to look again. */
    Duration next(WeaviateClusterStatus status) {
        boolean calm = status.phase() == ClusterPhase.RUNNING;
        return calm ? config.healthInterval() : PATIENCE;
    }

    private AdoptedObservation observe(WeaviateCluster cluster) {
        var namespace = cluster.getMetadata().getNamespace();
        var set = Optional.ofNullable(client.apps()
                        .statefulSets()
                        .inNamespace(namespace)
                        .withName(cluster.getSpec().adopt().statefulSet())
                        .get())
                .filter(found -> found.getMetadata().getDeletionTimestamp() == null);
        if (set.isEmpty()) {
            return new AdoptedObservation(set, List.of(), List.of(), new WeaviateReport.NotAsked());
        }
        var pods = pods(set.get());
        var live = new LiveCluster(set, pods, List.of(), Map.of(), Map.of(), List.of());
        int size = set.get().getSpec().getReplicas();
        return new AdoptedObservation(
                set,
                pods,
                services(namespace),
                weaviate.of(live, size, key(set.get()).orElse("")));
    }

    /** Only its own: another workload may have the same labels. */
    private List<Pod> pods(StatefulSet set) {
        return client
                .pods()
                .inNamespace(set.getMetadata().getNamespace())
                .withLabelSelector(set.getSpec().getSelector())
                .list()
                .getItems()
                .stream()
                .filter(pod -> pod.getMetadata().getOwnerReferences().stream()
                        .anyMatch(owner -> set.getMetadata().getUid().equals(owner.getUid())))
                .sorted(Comparator.comparing(Names::ordinal))
                .toList();
    }

    private List<Service> services(String namespace) {
        return client.services().inNamespace(namespace).list().getItems();
    }

    /** One of the keys that the chart gave to Weaviate; none where everybody may ask. */
    private Optional<String> key(StatefulSet set) {
        var variable = ChartStatefulSet.container(set).stream()
                .flatMap(container -> container.getEnv().stream())
                .filter(one -> "AUTHENTICATION_APIKEY_ALLOWED_KEYS".equals(one.getName()))
                .findFirst();
        return variable.map(EnvVar::getValue)
                .filter(value -> !value.isEmpty())
                .or(() -> variable.map(EnvVar::getValueFrom)
                        .map(source -> source.getSecretKeyRef())
                        .flatMap(reference -> secret(set.getMetadata().getNamespace(), reference)))
                .map(keys -> keys.split(",")[0].strip());
    }

    private Optional<String> secret(String namespace, SecretKeySelector reference) {
        return Optional.ofNullable(client.secrets()
                        .inNamespace(namespace)
                        .withName(reference.getName())
                        .get())
                .map(secret -> secret.getData())
                .map(data -> data.get(reference.getKey()))
                .filter(Objects::nonNull)
                .map(value -> new String(Base64.getDecoder().decode(value), StandardCharsets.UTF_8));
    }
}
