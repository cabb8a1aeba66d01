package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** The Service that clients use. */
@ValidationRule(
        value = "!has(self.annotations) || self.annotations.all(k, " + Rules.LABEL_KEY + ")",
        message =
                "service.annotations: a key is not an annotation key: letters, digits, dashes, dots and underscores, with a domain and a slash in front if need be")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServiceSpec(
        @JsonPropertyDescription("Default ClusterIP.") ServiceType type,

        @JsonPropertyDescription("Annotations of the Service.") @Size(max = 64)
        Map<String, @Size(max = 65536) String> annotations) {}
