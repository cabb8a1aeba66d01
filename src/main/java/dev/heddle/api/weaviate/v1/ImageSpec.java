package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import java.util.List;

/** Image of the Weaviate container. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ImageSpec(
        @JsonPropertyDescription(
                "Repository without tag. Default cr.weaviate.io/semitechnologies/weaviate. The tag is the version.")
        @ValidationRule(
                value =
                        "self.matches('^([a-zA-Z0-9][-a-zA-Z0-9.]*(:[0-9]{1,5})?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*$')",
                message = "image.repository must be a repository without tag or digest; the tag is spec.version")
        @Size(min = 1, max = 255)
        String repository,

        @JsonPropertyDescription("Default IfNotPresent.") PullPolicy pullPolicy,

        @JsonPropertyDescription("Secrets for pulling images, of Weaviate and of the inference modules.")
        @Size(max = 16)
        List<LocalObjectReference> pullSecrets) {}
