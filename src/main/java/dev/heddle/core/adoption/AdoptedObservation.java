package dev.heddle.core.adoption;

import dev.heddle.core.cluster.WeaviateReport;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;
import java.util.Optional;

/**
 * An adopted cluster as it is.
 *
 * @param set empty when it is gone
 * @param pods by ordinal
 * @param services of the namespace; those that lead to the pods are among them
 */
public record AdoptedObservation(
        Optional<StatefulSet> set, List<Pod> pods, List<Service> services, WeaviateReport weaviate) {}
