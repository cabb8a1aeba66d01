package dev.heddle.core.cluster;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.weaviate.v1.GpuSpec;
import dev.heddle.api.weaviate.v1.GpuVendor;
import dev.heddle.api.weaviate.v1.ModuleResourcesSpec;
import dev.heddle.api.weaviate.v1.ModuleSettingSpec;
import dev.heddle.api.weaviate.v1.ModuleSpec;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.common.Names;
import dev.heddle.core.common.Ports;
import dev.heddle.core.common.Versions;
import dev.heddle.core.gpu.GpuInventory;
import dev.heddle.core.gpu.GpuPlacement;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.ResourceRequirementsBuilder;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Weaviate's modules: their environment, and the containers of those that have one. */
final class ModulePlanner {
    private final WeaviateClusterSpec spec;
    private final ClusterObservation seen;
    private final Settings settings;
    private final Names names;
    private final String version;
    private final Consumer<Finding> findings;
    /** What the modules before this one left free. */
    private Optional<GpuInventory> gpus;

    ModulePlanner(Names names, String version, ClusterObservation seen, Settings settings, Consumer<Finding> findings) {
        this.spec = seen.spec();
        this.seen = seen;
        this.settings = settings;
        this.names = names;
        this.version = version;
        this.findings = findings;
        this.gpus = seen.gpus();
    }

    List<ModulePlan> plan() {
        var plans = new ArrayList<ModulePlan>();
        for (var module : requireNonNullElse(spec.modules(), List.<ModuleSpec>of())) {
            if (Boolean.FALSE.equals(module.enabled())) {
                continue;
            }
            if (!settings.catalog().knows(module.name())) {
                report(
                        Topic.MODULE,
                        "UnknownModule",
                        "spec.modules: %s is not a module that this release knows; it is left out."
                                .formatted(module.name()));
                continue;
            }
            plans.add(settings.catalog()
                    .inferenceOf(module.name())
                    .map(known -> inference(module, known))
                    .orElseGet(() -> api(module)));
        }
        if (spec.gpu() != null
                && plans.stream().noneMatch(plan -> plan.inference()
                        .filter(ModulePlan.Inference::cuda)
                        .isPresent())) {
            report(
                    Topic.GPU,
                    "NoGpuWorkload",
                    "spec.gpu is set, but no enabled module can use a GPU; Weaviate itself runs on CPU.");
        }
        return List.copyOf(plans);
    }

    private ModulePlan api(ModuleSpec module) {
        if (module.gpu() != null || module.resources() != null || module.replicas() != null || module.image() != null) {
            report(
                    Topic.MODULE,
                    "NotAnInferenceModule",
                    "spec.modules: %s has no container; its gpu, resources, replicas and image have no effect."
                            .formatted(module.name()));
        }
        return new ModulePlan(
                module.name(),
                environment(module, settings.catalog().api().get(module.name())),
                true,
                Optional.empty());
    }

    private ModulePlan inference(ModuleSpec module, Catalog.Inference known) {
        var env = new ArrayList<EnvVar>();
        env.add(Env.of(
                known.url(),
                "http://%s.%s.svc.%s.:%d"
                        .formatted(
                                names.module(module.name()),
                                names.namespace(),
                                settings.clusterDomain(),
                                Ports.INFERENCE)));
        boolean startsWithout = known.waitSwitch() != null && Versions.atLeast(version, known.waitSince());
        if (startsWithout) {
            env.add(Env.of(known.waitSwitch(), "false"));
        }
        boolean active = startsWithout || served(module.name());
        if (!active) {
            report(
                    Topic.MODULE,
                    "WaitingForModule",
                    "Module %s is switched on when its container has served once, because Weaviate %s does not start without it."
                            .formatted(module.name(), version));
        }
        int replicas = requireNonNullElse(module.replicas(), 1);
        var own = environment(module, Map.of());
        var gpu = gpu(module, known, replicas);
        var container = new ModulePlan.Inference(
                requireNonNullElse(module.image(), known.image()),
                replicas,
                resources(module.resources()),
                known.cuda(),
                own,
                SecretsHash.of(own, seen.references()),
                seen.live().modulePods().getOrDefault(module.name(), List.of()).stream()
                        .map(pod -> pod.getMetadata().getName())
                        .sorted()
                        .toList(),
                gpu);
        return new ModulePlan(module.name(), env, active, Optional.of(container));
    }

    private Optional<GpuPlacement> gpu(ModuleSpec module, Catalog.Inference known, int replicas) {
        GpuSpec wanted = module.gpu() != null || !known.cuda() ? module.gpu() : spec.gpu();
        if (wanted == null) {
            return Optional.empty();
        }
        if (!known.cuda()) {
            report(
                    Topic.GPU,
                    "ModuleWithoutGpu",
                    "spec.modules: %s has no image that uses a GPU; it runs on CPU.".formatted(module.name()));
            return Optional.empty();
        }
        if (wanted.vendor() != null && wanted.vendor() != GpuVendor.NVIDIA && module.image() == null) {
            report(
                    Topic.GPU,
                    "ImageWithoutSupport",
                    "%s: the image of the catalog knows CUDA only; name one for %s in image."
                            .formatted(module.name(), wanted.vendor()));
        }
        var placement = GpuPlacement.choose(wanted, replicas, gpus, previousProduct(module.name()));
        if (placement instanceof GpuPlacement.OnPool pool) {
            gpus = gpus.map(inventory -> inventory.without(pool, replicas));
        }
        var reason =
                switch (placement) {
                    case GpuPlacement.OnPool pool -> "PoolChosen";
                    case GpuPlacement.OnCpu cpu -> "CpuFallback";
                    case GpuPlacement.Unplaced unplaced -> seen.gpus().isEmpty() ? "NodesNotReadable" : "NoNodeFits";
                };
        report(Topic.GPU, reason, module.name() + ": " + placement.message());
        return Optional.of(placement);
    }

    private String previousProduct(String module) {
        return Optional.ofNullable(seen.live().deployments().get(module))
                .map(deployment ->
                        deployment.getSpec().getTemplate().getMetadata().getAnnotations())
                .map(annotations -> annotations.get("heddle.dev/gpu-product"))
                .orElse("");
    }

    /** Whether the container serves now, or Weaviate was already started with the module. */
    private boolean served(String module) {
        var ready = Optional.ofNullable(seen.live().deployments().get(module))
                .map(Deployment::getStatus)
                .map(status -> status.getReadyReplicas())
                .orElse(0);
        return ready > 0
                || seen.live().statefulSet().stream()
                        .flatMap(set ->
                                set.getSpec().getTemplate().getSpec().getContainers().getFirst().getEnv().stream())
                        .filter(variable -> "ENABLE_MODULES".equals(variable.getName()) && variable.getValue() != null)
                        .anyMatch(variable ->
                                Arrays.asList(variable.getValue().split(",")).contains(module));
    }

    private List<EnvVar> environment(ModuleSpec module, Map<String, String> known) {
        var env = new ArrayList<EnvVar>();
        new TreeMap<>(requireNonNullElse(module.config(), Map.<String, ModuleSettingSpec>of()))
                .forEach((key, setting) -> {
                    var variable = key.matches("[A-Z][A-Z0-9_]*") ? key : known.get(key);
                    if (variable == null) {
                        report(
                                Topic.MODULE,
                                "UnknownSetting",
                                "spec.modules: %s has no setting %s; known: %s, or an environment variable in capitals."
                                        .formatted(module.name(), key, new TreeMap<>(known).keySet()));
                    } else if (setting.secretKeyRef() == null) {
                        env.add(Env.of(variable, setting.value()));
                    } else {
                        env.add(Env.secret(variable, setting.secretKeyRef()));
                        seen.references()
                                .check(
                                        setting.secretKeyRef(),
                                        "spec.modules[%s].config.%s".formatted(module.name(), key))
                                .ifPresent(findings);
                    }
                });
        return env;
    }

    private static ResourceRequirements resources(ModuleResourcesSpec resources) {
        if (resources == null) {
            return null;
        }
        var requests = new LinkedHashMap<String, Quantity>();
        var limits = new LinkedHashMap<String, Quantity>();
        if (resources.memory() != null) {
            requests.put("memory", resources.memory());
            limits.put("memory", resources.memory());
        }
        if (resources.cpu() != null) {
            requests.put("cpu", resources.cpu());
        }
        requests.putAll(requireNonNullElse(resources.requests(), Map.of()));
        limits.putAll(requireNonNullElse(resources.limits(), Map.of()));
        return new ResourceRequirementsBuilder()
                .withRequests(requests)
                .withLimits(limits)
                .build();
    }

    private void report(Topic topic, String reason, String message) {
        findings.accept(new Finding(topic, reason, message));
    }
}
