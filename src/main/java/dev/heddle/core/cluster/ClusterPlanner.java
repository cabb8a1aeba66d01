package dev.heddle.core.cluster;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.weaviate.v1.ImageSpec;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.common.Labels;
import dev.heddle.core.common.Names;
import dev.heddle.core.common.Versions;
import dev.heddle.core.scale.ReplicaPolicy;
import dev.heddle.core.upgrade.Revisions;
import dev.heddle.core.upgrade.UpgradeNotes;
import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Spec and observation in, plan out. */
public final class ClusterPlanner {
    private ClusterPlanner() {}

    /** A plan, or why there can be none; then nothing is applied and what runs keeps running. */
    public sealed interface Outcome {
        List<Finding> findings();

        record Planned(ClusterPlan plan) implements Outcome {
            @Override
            public List<Finding> findings() {
                return plan.findings();
            }
        }

        record Invalid(List<Finding> findings) implements Outcome {}
    }

    public static Outcome plan(WeaviateCluster cluster, ClusterObservation seen, Settings settings) {
        var blocking = Stream.concat(seen.findings().stream(), unsupported(seen.spec(), settings.catalog()).stream())
                .toList();
        if (!blocking.isEmpty()) {
            return new Outcome.Invalid(blocking);
        }
        var findings = new ArrayList<Finding>();
        var spec = seen.spec();
        var names = new Names(
                cluster.getMetadata().getNamespace(), cluster.getMetadata().getName());
        var status = Optional.ofNullable(cluster.getStatus());
        var upgrade = status.flatMap(known -> UpgradeNotes.of(known.upgrade()));
        var version = upgrade.map(UpgradeNotes::version)
                .or(() -> runningVersion(seen.live(), status))
                .orElse(spec.version());
        var unpinned = unpinned(spec, version, seen.live());
        if (unpinned.isPresent()) {
            return new Outcome.Invalid(List.of(unpinned.get()));
        }
        var size = ReplicaPolicy.decide(ClusterDefaults.replicas(spec), nodesWithData(seen.live()));
        var voters = RaftVoters.decide(size, RaftVoters.frozen(seen.live(), status));
        var cloud = CloudPlanner.plan(spec, settings, findings::add);
        var storage = new StoragePlanner(names, seen, status, findings::add).plan(cloud, size);
        var auth = AuthPlanner.plan(spec, seen.references(), seen.credentials(), findings::add);
        var modules = new ModulePlanner(names, version, seen, settings, findings::add).plan();
        var backup = BackupPlanner.plan(spec, names);
        backup.ifPresent(plan -> check(plan.env(), seen.references(), BackupPlanner.secretField(spec), findings));
        notices(spec, seen, findings);
        return new Outcome.Planned(new ClusterPlan(
                names,
                spec,
                settings,
                version,
                upgrade,
                size,
                voters,
                storage,
                auth,
                seen.credentials(),
                modules,
                backup,
                cloud,
                secretsHash(seen, auth, modules, backup),
                seen.live().statefulSet(),
                storage.operation(),
                false,
                List.copyOf(findings)));
    }

    private static String secretsHash(
            ClusterObservation seen, AuthPlan auth, List<ModulePlan> modules, Optional<BackupPlan> backup) {
        return SecretsHash.of(
                secretEnvironment(seen.spec(), modules, backup),
                seen.references(),
                auth.users(),
                auth.keys(),
                seen.credentials().clusterPassword());
    }

    private static Optional<Finding> unsupported(WeaviateClusterSpec spec, Catalog catalog) {
        if (!Versions.atLeast(spec.version(), catalog.minimum())) {
            return Optional.of(new Finding(
                    Topic.SPEC,
                    "VersionNotSupported",
                    "spec.version %s is older than %s, the oldest version that is supported."
                            .formatted(spec.version(), catalog.minimum())));
        }
        var rbac = catalog.features().get("rbac");
        if (ClusterDefaults.rbac(spec).isPresent() && !Versions.atLeast(spec.version(), rbac)) {
            return Optional.of(new Finding(
                    Topic.SPEC,
                    "RbacNotSupported",
                    "spec.auth.rbac needs Weaviate %s or later; spec.version is %s.".formatted(rbac, spec.version())));
        }
        return Optional.empty();
    }

    /** Where digests are given, no image starts by its tag alone; one that runs already may go on. */
    private static Optional<Finding> unpinned(WeaviateClusterSpec spec, String version, LiveCluster live) {
        var digests = Optional.ofNullable(spec.image()).map(ImageSpec::digests).orElse(Map.of());
        return Stream.of(version, spec.version())
                .filter(one -> !digests.isEmpty() && !digests.containsKey(one))
                .filter(one ->
                        live.image().filter(image -> image.endsWith(":" + one)).isEmpty())
                .findFirst()
                .map(one -> new Finding(
                        Topic.SPEC,
                        "DigestMissing",
                        "spec.image.digests has digests of %s and none of %s, which is to run; nothing is changed."
                                .formatted(new TreeSet<>(digests.keySet()), one)));
    }

    /**
     * From the status; where that was lost, the image of a StatefulSet that serves; for volumes that a deleted resource
     * left, what it noted on them. An image that never served pins nothing, so that a typing error can be corrected.
     */
    private static Optional<String> runningVersion(LiveCluster live, Optional<WeaviateClusterStatus> status) {
        return status.map(WeaviateClusterStatus::version)
                .or(() -> live.statefulSet()
                        .filter(set -> set.getStatus() != null
                                && requireNonNullElse(set.getStatus().getReadyReplicas(), 0) > 0)
                        .flatMap(Revisions::version))
                .or(() -> live.claims().stream()
                        .map(claim -> requireNonNullElse(claim.getMetadata().getAnnotations(), Map.<String, String>of())
                                .get(Labels.VERSION))
                        .filter(Objects::nonNull)
                        .findFirst());
    }

    /** The StatefulSet's size; where it is gone, the highest ordinal whose claim is left and was not drained. */
    private static OptionalInt nodesWithData(LiveCluster live) {
        return Stream.concat(
                        live.statefulSet().stream().map(set -> set.getSpec().getReplicas()),
                        live.claims().stream()
                                .filter(claim -> !LiveCluster.drained(claim))
                                .map(claim -> Names.ordinal(claim) + 1))
                .mapToInt(Integer::intValue)
                .max();
    }

    private static void check(List<EnvVar> env, References references, String field, List<Finding> findings) {
        env.stream()
                .filter(variable -> variable.getValueFrom() != null)
                .map(variable -> variable.getValueFrom().getSecretKeyRef())
                .map(key -> new dev.heddle.api.weaviate.v1.SecretKeyRefSpec(key.getName(), key.getKey()))
                .flatMap(key -> references.check(key, field).stream())
                .forEach(findings::add);
    }

    private static void notices(WeaviateClusterSpec spec, ClusterObservation seen, List<Finding> findings) {
        environment(spec, seen.references(), findings);
        certificate(spec, seen.references(), findings);
        optionalKinds(spec, seen, findings);
        NotYetSupported.in(spec).ifPresent(findings::add);
    }

    private static void environment(WeaviateClusterSpec spec, References references, List<Finding> findings) {
        requireNonNullElse(spec.env(), List.<EnvVar>of()).forEach(variable -> references
                .check(variable, "spec.env[%s]".formatted(variable.getName()))
                .ifPresent(findings::add));
    }

    private static void certificate(WeaviateClusterSpec spec, References references, List<Finding> findings) {
        Optional.ofNullable(spec.auth())
                .map(auth -> auth.oidc())
                .map(oidc -> oidc.certificateSecretRef())
                .flatMap(key -> references.check(key, "spec.auth.oidc.certificateSecretRef"))
                .ifPresent(findings::add);
    }

    private static void optionalKinds(WeaviateClusterSpec spec, ClusterObservation seen, List<Finding> findings) {
        var istio = ClusterDefaults.mesh(spec)
                .filter(mesh -> "istio".equals(mesh.type().toString()) && ClusterDefaults.on(mesh.mTLS()));
        var mutual = Set.of(OptionalKinds.PEER_AUTHENTICATION, OptionalKinds.DESTINATION_RULE);
        if (istio.isPresent() && !seen.kinds().containsAll(mutual)) {
            findings.add(
                    new Finding(
                            Topic.MESH,
                            "IstioNotInstalled",
                            "serviceMesh.mTLS needs Istio's PeerAuthentication and DestinationRule; the API server does not know them. Pods are labelled for injection all the same."));
        }
        if (ClusterDefaults.serviceMonitor(spec) && !seen.kinds().contains(OptionalKinds.SERVICE_MONITOR)) {
            findings.add(
                    new Finding(
                            Topic.MONITORING,
                            "ServiceMonitorNotInstalled",
                            "monitoring.serviceMonitor needs the Prometheus operator; the API server does not know ServiceMonitor."));
        }
    }

    private static List<EnvVar> secretEnvironment(
            WeaviateClusterSpec spec, List<ModulePlan> modules, Optional<BackupPlan> backup) {
        var own = requireNonNullElse(spec.env(), List.<EnvVar>of()).stream();
        var oidc = Optional.ofNullable(spec.auth())
                .map(auth -> auth.oidc())
                .map(o -> o.certificateSecretRef())
                .map(key -> Env.secret("certificate", key));
        return Stream.of(
                        modules.stream().flatMap(module -> module.env().stream()),
                        backup.stream().flatMap(plan -> plan.env().stream()),
                        oidc.stream(),
                        own)
                .flatMap(variables -> variables)
                .toList();
    }
}
