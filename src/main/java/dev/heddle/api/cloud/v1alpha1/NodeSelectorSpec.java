package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** Nodes by their labels. */
@ValidationRule(
        value =
                "!has(self.matchLabels) || self.matchLabels.all(k, k.matches('^([a-z0-9]([-a-z0-9.]{0,251}[a-z0-9])?/)?[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?$'))",
        message =
                "nodeSelector.matchLabels: a key is not a label key: letters, digits, dashes, dots and underscores, with a domain and a slash in front if need be")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NodeSelectorSpec(
        @JsonPropertyDescription("Labels that a node must have.") @Size(max = 32)
        Map<String, @Pattern("^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$") @Size(max = 63) String> matchLabels) {}
