package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.EndpointsStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What is true of the cluster; most of it is the WeaviateCluster's own status. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClusterStatus(
        @JsonPropertyDescription("Generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("One word for people; programs read the conditions.")
        ClusterPhase phase,

        @JsonPropertyDescription("Version that runs.") String version,

        @JsonPropertyDescription("Version that the constraint was resolved to; stays until a later one may be taken.")
        String targetVersion,

        @JsonPropertyDescription("Number of nodes that the operator keeps.")
        Integer replicas,

        @JsonPropertyDescription("Number of pods that are ready.")
        Integer readyReplicas,

        @JsonPropertyDescription("Where clients connect.") EndpointsStatus endpoints,

        @JsonPropertyDescription("Images that were verified: of the version that runs, and of the target.")
        List<VerifiedImage> images,

        @JsonPropertyDescription("StatefulSet of the official chart that was taken over.")
        String adopted,

        @JsonPropertyDescription("Standard conditions; Ready, Reconciling and Stalled follow kstatus.")
        List<Condition> conditions) {}
