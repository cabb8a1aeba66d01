package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;

/** What is true of the cluster, as far as the operator knows. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WeaviateClusterStatus(
        @JsonPropertyDescription("Generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("One word for people; programs read the conditions.")
        ClusterPhase phase,

        @JsonPropertyDescription("Version that runs.") String version,

        @JsonPropertyDescription("Version that is asked for.")
        String targetVersion,

        @JsonPropertyDescription("Number of nodes that the operator keeps.") @StatusReplicas
        Integer replicas,

        @JsonPropertyDescription("Number of pods that are ready.")
        Integer readyReplicas,

        @JsonPropertyDescription("Label selector of the pods.") @LabelSelector
        String selector,

        @JsonPropertyDescription("Where clients connect.") EndpointsStatus endpoints,

        @JsonPropertyDescription("Size of the Raft voter set: nodes 0 to voters-1. Frozen at creation.")
        Integer voters,

        @JsonPropertyDescription("Nodes as Weaviate itself reports them.")
        List<NodeStatus> nodes,

        @JsonPropertyDescription("Last decision of the autoscaler.")
        AutoScalingStatus autoScaling,

        @JsonPropertyDescription("Volumes as they are.") StorageStatus storage,

        @JsonPropertyDescription("Step of an upgrade that goes on, or that failed.")
        UpgradeStatus upgrade,

        @JsonPropertyDescription("Standard conditions; Ready, Reconciling and Stalled follow kstatus.")
        List<Condition> conditions) {}
