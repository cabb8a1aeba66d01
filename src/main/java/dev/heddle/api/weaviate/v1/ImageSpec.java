package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import java.util.List;
import java.util.Map;

/** Image of the Weaviate container. */
@ValidationRule(
        value = "!has(self.digests) || self.digests.all(v, v.matches('^[0-9]{1,4}[.][0-9]{1,4}[.][0-9]{1,6}$'))",
        message = "image.digests: a key is a version x.y.z")
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
        List<LocalObjectReference> pullSecrets,

        @JsonPropertyDescription(
                "Digest of the image by version. When given, no other image runs, and a version that is missing here is not started.")
        @Size(max = 16)
        Map<String, @Pattern("^sha256:[a-f0-9]{64}$") @Size(max = 71) String> digests) {}
