package dev.heddle.core.manifest;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.weaviate.v1.ImageSpec;
import dev.heddle.api.weaviate.v1.SchedulingSpec;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.Env;
import dev.heddle.core.cluster.ModulePlan;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Ports;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.ProbeBuilder;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategy;
import io.fabric8.kubernetes.api.model.apps.DeploymentStrategyBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The inference containers. */
public final class DeploymentManifests {
    private DeploymentManifests() {}

    public static Map<String, Deployment> of(ClusterPlan plan) {
        return Children.byName(plan.modules().stream()
                .filter(module -> module.inference().isPresent())
                .map(module -> deployment(plan, module))
                .toList());
    }

    private static Deployment deployment(ClusterPlan plan, ModulePlan module) {
        var labels = Labels.module(plan.names(), module.name());
        var inference = module.inference().orElseThrow();
        var gpu = Gpu.of(inference);
        return new DeploymentBuilder()
                .withMetadata(Children.metadata(plan, plan.names().module(module.name()), labels)
                        .build())
                .withNewSpec()
                .withReplicas(inference.replicas())
                .withNewSelector()
                .withMatchLabels(Labels.moduleSelector(plan.names(), module.name()))
                .endSelector()
                .withStrategy(strategy(gpu))
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .withAnnotations(gpu.annotations())
                .addToAnnotations(Labels.SECRETS_HASH, inference.secretsHash())
                .endMetadata()
                .withSpec(pod(plan, inference, gpu))
                .endTemplate()
                .endSpec()
                .build();
    }

    /**
     * With one GPU a surge pod would wait for the very GPU that the old pod holds. Not Recreate: the API server refuses
     * the change to it, because the defaults of RollingUpdate stay in the object.
     */
    private static DeploymentStrategy strategy(Gpu gpu) {
        var strategy = new DeploymentStrategyBuilder().withType("RollingUpdate");
        return gpu.requested()
                ? strategy.withNewRollingUpdate()
                        .withNewMaxSurge(0)
                        .withNewMaxUnavailable(1)
                        .endRollingUpdate()
                        .build()
                : strategy.build();
    }

    /**
     * Of spec.scheduling what is about nodes and rank; affinity and spread are about the database's own pods. With a
     * GPU the placement chooses the node, and a pool for databases would have none.
     */
    private static PodSpec pod(ClusterPlan plan, ModulePlan.Inference inference, Gpu gpu) {
        var scheduling = Optional.ofNullable(plan.spec().scheduling());
        var tolerations = Stream.concat(
                gpu.tolerations().stream(), scheduling.map(SchedulingSpec::tolerations).orElse(List.of()).stream());
        return new PodSpecBuilder()
                .withAutomountServiceAccountToken(false)
                .withSecurityContext(Security.pod())
                .withImagePullSecrets(Optional.ofNullable(plan.spec().image())
                        .map(ImageSpec::pullSecrets)
                        .orElse(List.of()))
                .withAffinity(gpu.affinity())
                .withNodeSelector(scheduling
                        .filter(any -> !gpu.requested())
                        .map(SchedulingSpec::nodeSelector)
                        .orElse(Map.of()))
                .withTolerations(tolerations.distinct().toList())
                .withPriorityClassName(
                        scheduling.map(SchedulingSpec::priorityClassName).orElse(null))
                .withContainers(container(inference, gpu))
                .addNewVolume()
                .withName("tmp")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .build();
    }

    private static Container container(ModulePlan.Inference inference, Gpu gpu) {
        var resources = new ResourceRequirementsBuilder(
                        requireNonNullElse(inference.resources(), new ResourceRequirementsBuilder().build()))
                .addToRequests(gpu.resources())
                .addToLimits(gpu.resources())
                .build();
        return new ContainerBuilder()
                .withName("inference")
                .withImage(inference.image())
                .withImagePullPolicy("IfNotPresent")
                .withEnv(environment(inference, gpu))
                .withResources(resources)
                .addNewPort()
                .withName("http")
                .withContainerPort(Ports.INFERENCE)
                .withProtocol("TCP")
                .endPort()
                // Loading a model takes minutes on a cold node.
                .withStartupProbe(probe("/.well-known/live", 5, 240))
                .withLivenessProbe(probe("/.well-known/live", 10, 6))
                .withReadinessProbe(probe("/.well-known/ready", 3, 3))
                // The images' Python writes beside its code; the root file system stays writable.
                .withSecurityContext(Security.container(false))
                .addNewVolumeMount()
                .withName("tmp")
                .withMountPath("/tmp")
                .endVolumeMount()
                .build();
    }

    private static List<EnvVar> environment(ModulePlan.Inference inference, Gpu gpu) {
        var env = new ArrayList<EnvVar>();
        env.add(Env.of("HOME", "/tmp"));
        if (inference.cuda()) {
            env.addAll(gpu.environment());
        }
        env.addAll(inference.env());
        // The user's own value wins; the API server refuses two of one name.
        var named = new LinkedHashMap<String, EnvVar>();
        env.forEach(variable -> named.put(variable.getName(), variable));
        return List.copyOf(named.values());
    }

    private static Probe probe(String path, int periodSeconds, int failures) {
        return new ProbeBuilder()
                .withNewHttpGet()
                .withPath(path)
                .withNewPort("http")
                .endHttpGet()
                .withPeriodSeconds(periodSeconds)
                .withTimeoutSeconds(5)
                .withFailureThreshold(failures)
                .build();
    }
}
