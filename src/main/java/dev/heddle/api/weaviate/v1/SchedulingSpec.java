package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Affinity;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TopologySpreadConstraint;
import java.util.List;
import java.util.Map;

/** Where the Weaviate pods may run. */
@ValidationRule(
        value = "!has(self.nodeSelector) || self.nodeSelector.all(k, " + Rules.LABEL_KEY + ")",
        message =
                "scheduling.nodeSelector: a key is not a label key: letters, digits, dashes, dots and underscores, with a domain and a slash in front if need be")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SchedulingSpec(
        @JsonPropertyDescription("Node labels that are required.") @Size(max = 32)
        Map<String, @Pattern("^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$") @Size(max = 63) String> nodeSelector,

        @JsonPropertyDescription("Taints that are tolerated.") @Size(max = 32)
        List<Toleration> tolerations,

        @JsonPropertyDescription("Affinity, as in a pod.") Affinity affinity,

        @JsonPropertyDescription("As in a pod; replaces spread.") @Size(max = 16)
        List<TopologySpreadConstraint> topologySpreadConstraints,

        @JsonPropertyDescription("Priority class of the pods.")
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(min = 1, max = 253)
        String priorityClassName,

        @JsonPropertyDescription("Spreads pods over zones (and nodes), over nodes, or not at all. Default Zone.")
        Spread spread) {}
