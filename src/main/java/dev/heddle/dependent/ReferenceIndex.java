package dev.heddle.dependent;

import io.javaoperatorsdk.operator.processing.event.ResourceID;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Which resource refers to which Secret or ConfigMap, learnt at each observation. */
public final class ReferenceIndex {
    private final Map<ResourceID, Set<String>> names = new ConcurrentHashMap<>();

    /** @param referred names in the resource's namespace */
    public void learn(ResourceID resource, Set<String> referred) {
        if (referred.isEmpty()) {
            names.remove(resource);
        } else {
            names.put(resource, Set.copyOf(referred));
        }
    }

    public void forget(ResourceID resource) {
        names.remove(resource);
    }

    Set<ResourceID> referring(String namespace, String name) {
        return names.entrySet().stream()
                .filter(entry -> entry.getKey().getNamespace().orElse("").equals(namespace)
                        && entry.getValue().contains(name))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }
}
