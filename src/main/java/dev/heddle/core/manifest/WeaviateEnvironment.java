package dev.heddle.core.manifest;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.weaviate.v1.OidcSpec;
import dev.heddle.core.autoscale.VerticalScaler;
import dev.heddle.core.cluster.AuthPlanner;
import dev.heddle.core.cluster.ClusterDefaults;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.Env;
import dev.heddle.core.cluster.ModulePlan;
import dev.heddle.core.cluster.RuntimeSettings;
import dev.heddle.core.common.Ports;
import dev.heddle.core.common.Versions;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The environment of the Weaviate container (weaviate.md §1). */
final class WeaviateEnvironment {
    /** Variable with the memory limit that the container started with, bytes. */
    static final String MEMORY_LIMIT = "HEDDLE_MEMORY_LIMIT";

    private final ClusterPlan plan;
    private final Map<String, EnvVar> variables = new LinkedHashMap<>();

    private WeaviateEnvironment(ClusterPlan plan) {
        this.plan = plan;
    }

    static List<EnvVar> of(ClusterPlan plan) {
        var environment = new WeaviateEnvironment(plan);
        environment.identity();
        environment.memory();
        environment.authentication();
        environment.authorization();
        environment.modules();
        environment.runtime();
        environment.add(requireNonNullElse(plan.spec().env(), List.<EnvVar>of()).stream()
                .filter(variable -> !plan.reloads() || !RuntimeSettings.reloaded(variable))
                .toList());
        return List.copyOf(environment.variables.values());
    }

    private void identity() {
        put(new EnvVarBuilder()
                .withName("CLUSTER_HOSTNAME")
                .withNewValueFrom()
                .withNewFieldRef("v1", "metadata.name")
                .endValueFrom()
                .build());
        set("CLUSTER_JOIN", plan.address(plan.names().headlessService()));
        set("CLUSTER_GOSSIP_BIND_PORT", Ports.GOSSIP);
        set("CLUSTER_DATA_BIND_PORT", Ports.DATA);
        set("RAFT_JOIN", String.join(",", plan.names().nodes(plan.voters())));
        // Always the number of voters: with 1, a first pod that starts alone would bootstrap a cluster of its own.
        set("RAFT_BOOTSTRAP_EXPECT", plan.voters());
        // The process ends when it has not joined by then; a large node loads longer than Weaviate's default of 600 s.
        set("RAFT_BOOTSTRAP_TIMEOUT", 3600);
        set("PERSISTENCE_DATA_PATH", StatefulSetManifest.DATA_PATH);
        set("DEFAULT_VECTORIZER_MODULE", "none");
        set("DISABLE_TELEMETRY", true);
        if (Versions.atLeast(plan.version(), plan.catalog().features().get("replicaMovement"))) {
            set("REPLICA_MOVEMENT_ENABLED", true);
        }
        set("PROMETHEUS_MONITORING_ENABLED", ClusterDefaults.metrics(plan.spec()));
        // Without it each tenant has series of its own.
        set("PROMETHEUS_MONITORING_GROUP", true);
    }

    private void runtime() {
        if (plan.reloads()) {
            set("RUNTIME_OVERRIDES_ENABLED", true);
            set("RUNTIME_OVERRIDES_PATH", RuntimeManifest.PATH + "/" + RuntimeManifest.FILE);
            set("RUNTIME_OVERRIDES_LOAD_INTERVAL", "2s");
        }
    }

    /**
     * 80% of the limit: the rest is for memory-mapped files and what Go's collector does not count. Where the limit grows
     * in place, the container reckons it when it starts: a variable of the template would stay what it was.
     */
    private void memory() {
        if (growingMemory(plan)) {
            put(new EnvVarBuilder()
                    .withName(MEMORY_LIMIT)
                    .withNewValueFrom()
                    .withNewResourceFieldRef()
                    .withContainerName("weaviate")
                    .withResource("limits.memory")
                    .withNewDivisor("1")
                    .endResourceFieldRef()
                    .endValueFrom()
                    .build());
            return;
        }
        Optional.ofNullable(plan.spec().resources())
                .map(resources -> resources.getLimits())
                .map(limits -> limits.get("memory"))
                .ifPresent(
                        limit -> set("GOMEMLIMIT", (limit.getNumericalAmount().longValue() / 10 * 8 >> 20) + "MiB"));
    }

    /** Whether memory requests, and with them a limit, are raised in place. */
    static boolean growingMemory(ClusterPlan plan) {
        boolean limited = Optional.ofNullable(plan.spec().resources())
                .map(resources -> resources.getLimits())
                .filter(limits -> limits.containsKey("memory"))
                .isPresent();
        return limited
                && VerticalScaler.of(plan.spec())
                        .filter(vertical -> vertical.raises("memory"))
                        .isPresent();
    }

    private void authentication() {
        var secret = plan.names().authSecret();
        set("AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED", ClusterDefaults.anonymous(plan.spec()));
        set("AUTHENTICATION_APIKEY_ENABLED", true);
        put(Env.required("AUTHENTICATION_APIKEY_ALLOWED_KEYS", secret, AuthSecretManifest.KEYS));
        put(Env.required("AUTHENTICATION_APIKEY_USERS", secret, AuthSecretManifest.USERS));
        put(Env.required("CLUSTER_BASIC_AUTH_USERNAME", secret, AuthSecretManifest.CLUSTER_USER));
        put(Env.required("CLUSTER_BASIC_AUTH_PASSWORD", secret, AuthSecretManifest.CLUSTER_PASSWORD));
        Optional.ofNullable(plan.spec().auth()).map(auth -> auth.oidc()).ifPresent(this::oidc);
    }

    private void oidc(OidcSpec oidc) {
        set("AUTHENTICATION_OIDC_ENABLED", true);
        set("AUTHENTICATION_OIDC_ISSUER", oidc.issuer());
        setIfPresent("AUTHENTICATION_OIDC_CLIENT_ID", oidc.clientId());
        set("AUTHENTICATION_OIDC_USERNAME_CLAIM", requireNonNullElse(oidc.usernameClaim(), "sub"));
        setIfPresent("AUTHENTICATION_OIDC_GROUPS_CLAIM", oidc.groupsClaim());
        setIfPresent("AUTHENTICATION_OIDC_SCOPES", joined(oidc.scopes()));
        setIfPresent("AUTHENTICATION_OIDC_SKIP_CLIENT_ID_CHECK", oidc.skipClientIdCheck());
        if (oidc.certificateSecretRef() != null) {
            put(Env.secret("AUTHENTICATION_OIDC_CERTIFICATE", oidc.certificateSecretRef()));
        }
    }

    private void authorization() {
        ClusterDefaults.rbac(plan.spec()).ifPresent(rbac -> {
            set("AUTHORIZATION_RBAC_ENABLED", true);
            var roots = Stream.concat(
                    Stream.of(AuthPlanner.OPERATOR, AuthPlanner.ADMIN)
                            .filter(List.of(plan.auth().users().split(","))::contains),
                    requireNonNullElse(rbac.rootUsers(), List.<String>of()).stream());
            set("AUTHORIZATION_RBAC_ROOT_USERS", roots.distinct().collect(Collectors.joining(",")));
            setIfPresent("AUTHORIZATION_RBAC_ROOT_GROUPS", joined(rbac.rootGroups()));
            setIfPresent("AUTHORIZATION_RBAC_READONLY_GROUPS", joined(rbac.readOnlyGroups()));
        });
    }

    private void modules() {
        var names = Stream.concat(
                        plan.modules().stream().filter(ModulePlan::active).map(ModulePlan::name),
                        plan.backup().stream().map(backup -> backup.module()))
                .collect(Collectors.joining(","));
        if (!names.isEmpty()) {
            set("ENABLE_MODULES", names);
        }
        plan.modules().stream().filter(ModulePlan::active).forEach(module -> add(module.env()));
        plan.backup().ifPresent(backup -> add(backup.env()));
    }

    private static String joined(List<String> values) {
        return values == null || values.isEmpty() ? null : String.join(",", values);
    }

    private void set(String name, Object value) {
        put(Env.of(name, String.valueOf(value)));
    }

    private void setIfPresent(String name, Object value) {
        if (value != null) {
            set(name, value);
        }
    }

    private void add(Collection<EnvVar> added) {
        added.forEach(this::put);
    }

    private void put(EnvVar variable) {
        variables.put(variable.getName(), variable);
    }
}
