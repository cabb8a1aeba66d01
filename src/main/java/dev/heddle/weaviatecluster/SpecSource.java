package dev.heddle.weaviatecluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.api.weaviate.v1.ValuesFromSpec;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.common.Merge;
import dev.heddle.core.common.Recent;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** The effective spec: that of the resource over the ConfigMaps of valuesFrom. */
final class SpecSource {
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
    private static final int REMEMBERED = 1000;

    private final KubernetesClient client;
    private final BiFunction<String, String, Optional<ConfigMap>> configMaps;
    private final ObjectMapper mapper =
            Serialization.jsonMapper().copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

    /** Verdicts of the API server on merged specs; the same question is not asked twice. */
    private final Map<Map<String, Object>, Optional<String>> verdicts = Recent.map(REMEMBERED);

    /** @param configMaps by namespace and name */
    SpecSource(KubernetesClient client, BiFunction<String, String, Optional<ConfigMap>> configMaps) {
        this.client = client;
        this.configMaps = configMaps;
    }

    /** @param finding why the ConfigMaps could not be used; then the spec is that of the resource alone */
    record Effective(WeaviateClusterSpec spec, Optional<Finding> finding) {
        /** The same with the number of nodes that the autoscaler decided. */
        Effective with(int replicas) {
            if (Objects.equals(spec.replicas(), replicas)) {
                return this;
            }
            var tree = Serialization.jsonMapper().<ObjectNode>valueToTree(spec).put("replicas", replicas);
            return new Effective(Serialization.jsonMapper().convertValue(tree, WeaviateClusterSpec.class), finding);
        }
    }

    Effective of(WeaviateCluster cluster) {
        var own = cluster.getSpec();
        var merged = Map.<String, Object>of();
        for (var source : Objects.requireNonNullElse(own.valuesFrom(), List.<ValuesFromSpec>of())) {
            try {
                merged = Merge.deep(merged, values(cluster.getMetadata().getNamespace(), source));
            } catch (BadValues bad) {
                return new Effective(own, Optional.of(new Finding(Topic.REFERENCE, bad.reason, bad.getMessage())));
            }
        }
        return merged.isEmpty() ? new Effective(own, Optional.empty()) : checked(cluster, merged);
    }

    /**
     * For a deletion, which has to end also where the API server refuses the ConfigMaps or the merged spec (the rights
     * may be gone already): then what stands in the resource, whose volumes stay unless it says otherwise itself.
     */
    WeaviateClusterSpec last(WeaviateCluster cluster) {
        try {
            return of(cluster).spec();
        } catch (KubernetesClientException refused) {
            if (refused.getCode() <= 0) {
                throw refused;
            }
            return cluster.getSpec();
        }
    }

    private Effective checked(WeaviateCluster cluster, Map<String, Object> values) {
        var tree = Merge.deep(values, mapper.convertValue(cluster.getSpec(), TREE));
        try {
            var spec = mapper.treeToValue(mapper.valueToTree(tree), WeaviateClusterSpec.class);
            var verdict = verdicts.get(tree);
            if (verdict == null) {
                verdict = ask(cluster, tree);
                verdicts.put(tree, verdict);
            }
            return verdict.isEmpty() ? new Effective(spec, Optional.empty()) : invalid(cluster, verdict.get());
        } catch (JsonProcessingException unfit) {
            return invalid(cluster, unfit.getOriginalMessage());
        }
    }

    private static Effective invalid(WeaviateCluster cluster, String why) {
        return new Effective(
                cluster.getSpec(),
                Optional.of(new Finding(
                        Topic.REFERENCE, "InvalidValues", "spec.valuesFrom: the merged spec is refused: " + why)));
    }

    /** The schema and its rules live in the API server; a dry run puts the merged spec before them. */
    private Optional<String> ask(WeaviateCluster cluster, Map<String, Object> tree) {
        try {
            client.resource(cluster)
                    .dryRun()
                    .patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("spec", tree)));
            return Optional.empty();
        } catch (KubernetesClientException refused) {
            if (refused.getCode() != 422 && refused.getCode() != 400) {
                throw refused;
            }
            return Optional.of(Optional.ofNullable(refused.getStatus())
                    .map(status -> status.getMessage())
                    .orElse("HTTP " + refused.getCode()));
        }
    }

    private Map<String, Object> values(String namespace, ValuesFromSpec source) throws BadValues {
        var key = Objects.requireNonNullElse(source.key(), "values.yaml");
        var text = configMaps
                .apply(namespace, source.name())
                .map(ConfigMap::getData)
                .map(data -> data.get(key));
        if (text.isEmpty()) {
            if (Boolean.TRUE.equals(source.optional())) {
                return Map.of();
            }
            throw new BadValues(
                    "ConfigMapNotFound",
                    "ConfigMap %s with key %s, named in spec.valuesFrom, does not exist."
                            .formatted(source.name(), key));
        }
        try {
            var tree = new Load(LoadSettings.builder().build()).loadFromString(text.get());
            if (tree == null) {
                return Map.of();
            }
            if (!(tree instanceof Map)) {
                throw new BadValues(
                        "InvalidValues",
                        "ConfigMap %s, key %s: expected the fields of a spec.".formatted(source.name(), key));
            }
            return mapper.convertValue(tree, TREE);
        } catch (YamlEngineException | IllegalArgumentException unreadable) {
            throw new BadValues(
                    "InvalidValues",
                    "ConfigMap %s, key %s is not YAML: %s"
                            .formatted(
                                    source.name(),
                                    key,
                                    unreadable.getMessage().lines().findFirst().orElse("")));
        }
    }

    private static final class BadValues extends Exception {
        private final String reason;

        BadValues(String reason, String message) {
            super(message);
            this.reason = reason;
        }
    }
}
