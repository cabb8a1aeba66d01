package dev.heddle.core.manifest;

import dev.heddle.core.cluster.ClusterPlan;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/** What all children have in common. */
final class Children {
    private Children() {}

    static ObjectMetaBuilder metadata(ClusterPlan plan, String name, Map<String, String> labels) {
        return new ObjectMetaBuilder()
                .withNamespace(plan.names().namespace())
                .withName(name)
                .withLabels(labels);
    }

    /** Objects by their names, in the order given. */
    @SafeVarargs
    static <R extends HasMetadata> Map<String, R> byName(R... objects) {
        return byName(Arrays.asList(objects));
    }

    static <R extends HasMetadata> Map<String, R> byName(Iterable<R> objects) {
        var named = new LinkedHashMap<String, R>();
        objects.forEach(object -> named.put(object.getMetadata().getName(), object));
        return named;
    }
}
