package dev.heddle.core;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.config.CatalogSource;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.ClusterPlanner;
import dev.heddle.core.cluster.ClusterPlanner.Outcome;
import dev.heddle.core.cluster.Credentials;
import dev.heddle.core.cluster.Settings;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Names;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A cluster {@code db} in namespace {@code shop}, and what a plan for it needs. */
public final class Samples {
    public static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    public static final Names NAMES = new Names("shop", "db");
    public static final Credentials CREDENTIALS =
            new Credentials("admin-key", "operator-key", "cluster-password", "", "");
    public static final Settings SETTINGS = new Settings("heddle-system", "cluster.local", true, CatalogSource.read());

    /** Refuses what the schema refuses too, so that a typing error in a test does not pass for an absent field. */
    private static final ObjectMapper STRICT =
            Serialization.jsonMapper().copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    private Samples() {}

    /** @param tree fields of a spec */
    public static WeaviateClusterSpec spec(Map<String, Object> tree) {
        try {
            return STRICT.treeToValue(STRICT.valueToTree(tree), WeaviateClusterSpec.class);
        } catch (JsonProcessingException unfit) {
            throw new IllegalArgumentException(unfit);
        }
    }

    /** @param yaml fields of a spec in YAML; the version may be left out */
    @SuppressWarnings("unchecked")
    public static WeaviateClusterSpec spec(String yaml) {
        var text = yaml.contains("version:") ? yaml : "version: 1.35.2\n" + yaml;
        return spec(Serialization.unmarshal(text, Map.class));
    }

    public static WeaviateCluster cluster(WeaviateClusterSpec spec) {
        var cluster = new WeaviateCluster();
        cluster.setMetadata(new ObjectMetaBuilder()
                .withNamespace(NAMES.namespace())
                .withName(NAMES.cluster())
                .withGeneration(7L)
                .build());
        cluster.setSpec(spec);
        return cluster;
    }

    /** The plan, where there has to be one. */
    public static ClusterPlan plan(Seen seen) {
        return switch (ClusterPlanner.plan(cluster(seen.spec()), seen.build(), SETTINGS)) {
            case Outcome.Planned planned -> planned.plan();
            case Outcome.Invalid invalid -> throw new AssertionError("no plan: " + invalid.findings());
        };
    }

    public static ClusterPlan plan(String yaml) {
        return plan(new Seen(spec(yaml)));
    }

    public static List<String> reasons(List<Finding> findings) {
        return findings.stream().map(Finding::reason).toList();
    }

    /** @param data plain text, by key */
    public static Secret secret(String name, Map<String, String> data) {
        var builder = new SecretBuilder().withNewMetadata().withName(name).endMetadata();
        data.forEach((key, value) ->
                builder.addToData(key, Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))));
        return builder.build();
    }
}
