package dev.heddle.core.migrationjob;

import dev.heddle.api.cloud.v1alpha1.BackupClusterRefSpec;
import dev.heddle.api.cloud.v1alpha1.Migration;
import dev.heddle.api.cloud.v1alpha1.MigrationEndpointSpec;
import dev.heddle.api.cloud.v1alpha1.MigrationTlsSpec;
import dev.heddle.api.cloud.v1alpha1.MigrationType;
import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.common.Names;
import dev.heddle.core.common.Ports;
import dev.heddle.core.manifest.AuthSecretManifest;
import dev.heddle.core.migration.MigrationPlan;
import dev.heddle.core.migration.MigrationPlan.Transport;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Both sides of a migration, and what stands between it and them. @param obstacles that with the source first */
public record MigrationSides(MigrationSide source, MigrationSide target, List<Obstacle> obstacles) {
    private static final String HTTP = "http://";
    private static final String HTTPS = "https://";

    /** What is there of the content of a Secret that a side needs. */
    public enum Content {
        THERE,
        NO_SECRET,
        NO_KEY
    }

    /** What is looked at. @param domain DNS domain of Services */
    public record Around(
            String domain,
            Function<String, Optional<WeaviateCluster>> clusters,
            Function<SecretKeyRefSpec, Content> secrets) {}

    public static MigrationSides of(Migration migration, Around around) {
        var namespace = migration.getMetadata().getNamespace();
        var spec = migration.getSpec();
        var source = side("source", spec.source(), namespace, around);
        var target = side("target", spec.target(), namespace, around);
        var obstacles = new ArrayList<Obstacle>();
        obstacles("source", spec.source(), source, namespace, around).forEach(obstacles::add);
        obstacles("target", spec.target(), target, namespace, around).forEach(obstacles::add);
        if (source.plan().url().equals(target.plan().url())) {
            obstacles.add(new Obstacle(
                    "SameWeaviate",
                    "Source and target are the same Weaviate, %s."
                            .formatted(source.plan().url()),
                    false));
        }
        return new MigrationSides(source, target, List.copyOf(obstacles));
    }

    /** Names of all Secrets that the sides need. */
    public TreeSet<String> secrets() {
        return Stream.of(source, target)
                .flatMap(side -> side.files().values().stream())
                .map(SecretKeyRefSpec::name)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Names of the clusters that a migration refers to. */
    public static List<String> clusters(Migration migration) {
        return Stream.of(migration.getSpec().source(), migration.getSpec().target())
                .map(MigrationEndpointSpec::clusterRef)
                .filter(Objects::nonNull)
                .map(BackupClusterRefSpec::name)
                .distinct()
                .toList();
    }

    private static MigrationSide side(String name, MigrationEndpointSpec spec, String namespace, Around around) {
        return spec.clusterRef() == null ? byHost(name, spec) : byCluster(name, spec, namespace, around.domain());
    }

    private static MigrationSide byCluster(String name, MigrationEndpointSpec spec, String namespace, String domain) {
        var names = new Names(namespace, spec.clusterRef().name());
        var host = "%s%s.%s.svc.%s".formatted(HTTP, names.clientService(), namespace, domain);
        var transport = spec.type() == MigrationType.HTTP ? Transport.HTTP : Transport.GRPC;
        return new MigrationSide(
                new MigrationPlan.Side(
                        host + ":80", transport, host + ":" + Ports.GRPC, file(name, MigrationSide.KEY), "", false),
                "cluster " + names.cluster(),
                Map.of(MigrationSide.KEY, new SecretKeyRefSpec(names.authSecret(), AuthSecretManifest.OPERATOR_KEY)));
    }

    private static MigrationSide byHost(String name, MigrationEndpointSpec spec) {
        var files = new TreeMap<String, SecretKeyRefSpec>();
        var tls = Optional.ofNullable(spec.tls());
        Optional.ofNullable(spec.apiKeySecretRef()).ifPresent(key -> files.put(MigrationSide.KEY, key));
        tls.map(MigrationTlsSpec::caSecretRef).ifPresent(ca -> files.put(MigrationSide.CA, ca));
        boolean grpc = spec.type() == MigrationType.GRPC;
        var host = address(spec.host(), spec.type());
        var rest = Optional.ofNullable(spec.restHost())
                .map(other -> address(other, spec.type()))
                .orElse(host);
        return new MigrationSide(
                new MigrationPlan.Side(
                        rest,
                        transport(spec.type()),
                        grpc ? host : "",
                        files.containsKey(MigrationSide.KEY) ? file(name, MigrationSide.KEY) : "",
                        files.containsKey(MigrationSide.CA) ? file(name, MigrationSide.CA) : "",
                        tls.map(MigrationTlsSpec::insecureSkipVerify).orElse(false)),
                host,
                files);
    }

    private static Transport transport(MigrationType type) {
        return switch (type) {
            case GRPC -> Transport.GRPC;
            case HTTPS -> Transport.HTTPS;
            case HTTP -> Transport.HTTP;
        };
    }

    /** With scheme and port, without a slash behind. */
    private static String address(String host, MigrationType type) {
        var bare = host.endsWith("/") ? host.substring(0, host.length() - 1) : host;
        var schemed = bare.startsWith(HTTP) || bare.startsWith(HTTPS)
                ? bare
                : (type == MigrationType.HTTP ? HTTP : HTTPS) + bare;
        boolean ported = schemed.matches(".*:[0-9]+$") && !schemed.matches(".*\\[[^]]*$");
        return ported ? schemed : schemed + (schemed.startsWith(HTTPS) ? ":443" : ":80");
    }

    private static String file(String side, String name) {
        return MigrationSide.directory(side) + "/" + name;
    }

    private static Stream<Obstacle> obstacles(
            String name, MigrationEndpointSpec spec, MigrationSide side, String namespace, Around around) {
        if (spec.clusterRef() != null) {
            var reference = spec.clusterRef();
            var field = "spec.%s.clusterRef".formatted(name);
            if (reference.namespace() != null && !reference.namespace().equals(namespace)) {
                return Stream.of(new Obstacle(
                        "OtherNamespace",
                        "%s.namespace is %s: a Migration belongs into the namespace of its clusters. Name the other by host, with an API key."
                                .formatted(field, reference.namespace()),
                        false));
            }
            var cluster = around.clusters().apply(reference.name());
            if (cluster.isEmpty()) {
                return Stream.of(new Obstacle(
                        "ClusterNotFound",
                        "%s: there is no WeaviateCluster %s in namespace %s."
                                .formatted(field, reference.name(), namespace),
                        false));
            }
            return state(field, cluster.get()).map(Stream::of).orElseGet(() -> contents(name, side, around));
        }
        return contents(name, side, around);
    }

    private static Optional<Obstacle> state(String field, WeaviateCluster cluster) {
        var name = "WeaviateCluster " + cluster.getMetadata().getName();
        if (cluster.getSpec().adopt() != null) {
            return Optional.of(new Obstacle(
                    "ClusterAdopted",
                    "%s: %s is run by the official chart, so its address and keys are not the operator's. Name it by host, with an API key."
                            .formatted(field, name),
                    false));
        }
        if (ClusterDefaults.mesh(cluster.getSpec())
                .filter(mesh -> ClusterDefaults.on(mesh.mTLS()))
                .isPresent()) {
            return Optional.of(new Obstacle(
                    "ClusterInMesh",
                    "%s: %s takes mutual TLS only (spec.serviceMesh.mTLS), and a Job is outside of the mesh. Name it by the host of a gateway, with an API key."
                            .formatted(field, name),
                    false));
        }
        var ready = Optional.ofNullable(cluster.getStatus())
                .map(status -> status.conditions())
                .flatMap(conditions -> Conditions.find(conditions, "Ready"));
        return ready.filter(condition -> "True".equals(condition.getStatus())).isPresent()
                ? Optional.empty()
                : Optional.of(new Obstacle(
                        "ClusterNotReady",
                        "%s is not ready: %s"
                                .formatted(
                                        name, ready.map(Condition::getMessage).orElse("nothing is known of it yet.")),
                        true));
    }

    private static Stream<Obstacle> contents(String name, MigrationSide side, Around around) {
        return side.files().values().stream().flatMap(key -> switch (around.secrets()
                .apply(key)) {
            case THERE -> Stream.empty();
            case NO_SECRET ->
                Stream.of(new Obstacle(
                        "SecretNotFound",
                        "spec.%s: there is no Secret %s in this namespace.".formatted(name, key.name()),
                        false));
            case NO_KEY ->
                Stream.of(new Obstacle(
                        "SecretKeyNotFound",
                        "spec.%s: Secret %s has no key %s, or nothing in it.".formatted(name, key.name(), key.key()),
                        false));
        });
    }
}
