package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A WeaviateCluster, or the Cluster that stands for it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BackupClusterRefSpec(
        @JsonPropertyDescription("Name of the WeaviateCluster, or of the Cluster.")
        @Required
        @Pattern("^[a-z]([-a-z0-9]*[a-z0-9])?$")
        @Size(min = 1, max = 40)
        String name,

        @JsonPropertyDescription("Its namespace; no other than that of this resource. Default: the same.")
        @Pattern("^[a-z0-9]([-a-z0-9]*[a-z0-9])?$")
        @Size(min = 1, max = 63)
        String namespace) {}
