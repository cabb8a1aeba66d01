package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Map;

/** What is true of a restore. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RestoreStatus(
        @JsonPropertyDescription("Generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("One word for people; programs read the conditions.")
        RestorePhase phase,

        @JsonPropertyDescription("Name of the backup in the bucket, and in Weaviate.")
        String id,

        @JsonPropertyDescription("Where it lies: s3://bucket/prefix/id.")
        String location,

        @JsonPropertyDescription("Bucket, and how it is reached, as it was when the restore began.")
        BackupBucketSpec storage,

        @JsonPropertyDescription("Which node gets the data of which node of the backup.")
        Map<String, String> nodeMapping,

        @JsonPropertyDescription("Weaviate node that coordinates it, or did.")
        String node,

        @JsonPropertyDescription("Process of that node: UID of its pod, and how often its container was restarted.")
        String coordinator,

        @JsonPropertyDescription("How often it was begun.") Integer attempts,

        @JsonPropertyDescription(
                "When an earlier restore of this backup began, of which the bucket still knows; its outcome is not this one's.")
        String formerRestore,

        @JsonPropertyDescription("When the first attempt began.")
        String startedAt,

        @JsonPropertyDescription("When Weaviate had restored everything.")
        String completedAt,

        @JsonPropertyDescription("From the first attempt's begin to the end, for example 4m10s.")
        String duration,

        @JsonPropertyDescription("Bytes of the backup in the bucket.")
        Long sizeBytes,

        @JsonPropertyDescription("The same with a unit, for people.")
        String size,

        @JsonPropertyDescription("Number of collections that are restored.")
        Integer collections,

        @JsonPropertyDescription("Weaviate version that wrote the backup.")
        String serverVersion,

        @JsonPropertyDescription("Standard conditions; Ready, Reconciling and Stalled follow kstatus.")
        List<Condition> conditions) {}
