package dev.heddle.core.manifest;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.weaviate.v1.ImageSpec;
import dev.heddle.api.weaviate.v1.PullPolicy;
import dev.heddle.api.weaviate.v1.SchedulingSpec;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Ports;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A Weaviate pod; it passes the restricted level of Pod Security. */
final class PodManifest {
    private PodManifest() {}

    static PodTemplateSpec of(ClusterPlan plan) {
        var scheduling = Optional.ofNullable(plan.spec().scheduling());
        var pod = new PodSpecBuilder()
                .withServiceAccountName(requireNonNullElse(
                        plan.spec().serviceAccountName(), plan.names().serviceAccount()))
                .withAutomountServiceAccountToken(false)
                .withSecurityContext(Security.pod())
                .withTerminationGracePeriodSeconds(600L)
                .withContainers(container(plan))
                .withImagePullSecrets(Optional.ofNullable(plan.spec().image())
                        .map(ImageSpec::pullSecrets)
                        .orElse(List.of()))
                .withNodeSelector(scheduling.map(SchedulingSpec::nodeSelector).orElse(Map.of()))
                .withTolerations(scheduling.map(SchedulingSpec::tolerations).orElse(List.of()))
                .withPriorityClassName(
                        scheduling.map(SchedulingSpec::priorityClassName).orElse(null))
                .withAffinity(Placement.affinity(plan))
                .withTopologySpreadConstraints(Placement.spread(plan));
        return new PodTemplateSpecBuilder()
                .withNewMetadata()
                .withLabels(labels(plan))
                .withAnnotations(annotations(plan))
                .endMetadata()
                .withSpec(pod.build())
                .build();
    }

    private static Map<String, String> labels(ClusterPlan plan) {
        var labels = new TreeMap<>(requireNonNullElse(plan.spec().podLabels(), Map.<String, String>of()));
        labels.putAll(plan.cloud().podLabels());
        labels.putAll(Mesh.podLabels(plan));
        labels.putAll(Labels.of(plan.names(), Labels.DATABASE));
        return labels;
    }

    private static Map<String, String> annotations(ClusterPlan plan) {
        var annotations = new TreeMap<>(Mesh.podAnnotations(plan));
        annotations.putAll(requireNonNullElse(plan.spec().podAnnotations(), Map.of()));
        annotations.put(Labels.SECRETS_HASH, plan.secretsHash());
        return annotations;
    }

    private static Container container(ClusterPlan plan) {
        var image = Optional.ofNullable(plan.spec().image());
        return new ContainerBuilder()
                .withName("weaviate")
                .withImage(image(plan))
                .withImagePullPolicy(image.map(ImageSpec::pullPolicy)
                        .orElse(PullPolicy.IFNOTPRESENT)
                        .toString())
                .withCommand(command(plan))
                .withArgs(
                        "--host",
                        "0.0.0.0",
                        "--port",
                        String.valueOf(Ports.HTTP),
                        "--scheme",
                        "http",
                        "--read-timeout=60s",
                        "--write-timeout=60s")
                .withEnv(WeaviateEnvironment.of(plan))
                .withResources(plan.spec().resources())
                .withPorts(
                        port("http", Ports.HTTP),
                        port("grpc", Ports.GRPC),
                        port("metrics", Ports.METRICS),
                        port("gossip", Ports.GOSSIP),
                        udp("gossip-udp", Ports.GOSSIP),
                        port("data", Ports.DATA),
                        port("raft", Ports.RAFT),
                        port("raft-rpc", Ports.RAFT_RPC))
                // Loading may take an hour; /live answers as soon as the server listens, /ready only when it may serve.
                .withStartupProbe(probe("/v1/.well-known/live", 2, 1800))
                .withLivenessProbe(probe("/v1/.well-known/live", 10, 6))
                // 503 while a neighbour restarts must not empty the Service: 30 s of patience (weaviate-live §F).
                .withReadinessProbe(probe("/v1/.well-known/ready", 2, 15))
                .withNewLifecycle()
                // Weaviate stops listening at once on SIGTERM; endpoints need a moment to forget the pod.
                .withNewPreStop()
                .withNewSleep(5L)
                .endPreStop()
                .endLifecycle()
                .withSecurityContext(Security.container(true))
                .addNewVolumeMount()
                .withName(StatefulSetManifest.VOLUME)
                .withMountPath(StatefulSetManifest.DATA_PATH)
                .endVolumeMount()
                .build();
    }

    /** Where digests are given and have none of this version, the image that runs stays. */
    private static String image(ClusterPlan plan) {
        var own = Optional.ofNullable(plan.spec().image());
        var tagged = own.map(ImageSpec::repository).orElse(plan.catalog().repository()) + ":" + plan.version();
        var digests = own.map(ImageSpec::digests).orElse(Map.of());
        if (digests.isEmpty()) {
            return tagged;
        }
        return Optional.ofNullable(digests.get(plan.version()))
                .map(digest -> tagged + "@" + digest)
                .or(() -> plan.live().map(PodManifest::running))
                .orElseThrow(() -> new IllegalStateException("no digest of " + plan.version()));
    }

    private static String running(StatefulSet set) {
        return set.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage();
    }

    /**
     * Weaviate looks its peers up once and never again: pods that start together before the headless Service is in the
     * DNS, or within the life of its negative answer, never meet. So each waits until the DNS knows another one, for
     * half a minute at most: a pod that is alone for a reason starts all the same. The only voter is what others wait
     * for, so it does not.
     */
    private static String[] command(ClusterPlan plan) {
        var start = plan.voters() == 1 ? "[ \"${CLUSTER_HOSTNAME##*-}\" != 0 ] || i=30; " : "";
        // The first address is that of the DNS server, the second may be the pod's own.
        var wait =
                "i=0; %swhile [ $i -lt 30 ] && [ $(nslookup %s 2>/dev/null | grep -c ^Address) -lt 3 ]; do i=$((i+1)); sleep 1; done; exec /bin/weaviate \"$@\""
                        .formatted(start, plan.address(plan.names().headlessService()));
        return new String[] {"/bin/sh", "-c", wait, "weaviate"};
    }

    private static ContainerPort port(String name, int number) {
        return new ContainerPortBuilder()
                .withName(name)
                .withContainerPort(number)
                .withProtocol("TCP")
                .build();
    }

    private static ContainerPort udp(String name, int number) {
        return new ContainerPortBuilder()
                .withName(name)
                .withContainerPort(number)
                .withProtocol("UDP")
                .build();
    }

    private static Probe probe(String path, int periodSeconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort(Ports.HTTP)
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(5)
                .withFailureThreshold(failures)
                .build();
    }
}
