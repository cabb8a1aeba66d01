package dev.heddle.weaviatecluster;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Which cluster refers to which Secret or ConfigMap, learnt at each observation, also through valuesFrom. */
final class ReferenceIndex {
    private final Map<ResourceID, Set<String>> names = new ConcurrentHashMap<>();

    /** @param referred names in the cluster's namespace */
    void learn(ResourceID cluster, Set<String> referred) {
        if (referred.isEmpty()) {
            names.remove(cluster);
        } else {
            names.put(cluster, Set.copyOf(referred));
        }
    }

    void forget(ResourceID cluster) {
        names.remove(cluster);
    }

    Set<ResourceID> clusters(String namespace, String name) {
        return names.entrySet().stream()
                .filter(entry -> entry.getKey().getNamespace().orElse("").equals(namespace)
                        && entry.getValue().contains(name))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
