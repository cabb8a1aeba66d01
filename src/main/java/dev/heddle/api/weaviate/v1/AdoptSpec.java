package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** What the official Helm chart installed and this resource runs on. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AdoptSpec(
        @JsonPropertyDescription("StatefulSet in the same namespace, with its claims and Services.")
        @Required
        @Pattern("^[a-z]([-a-z0-9]*[a-z0-9])?$")
        @Size(min = 1, max = 52)
        String statefulSet) {}
