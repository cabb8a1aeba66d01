package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What is true of a backup. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OnDemandBackupStatus(
        @JsonPropertyDescription("Generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("One word for people; programs read the conditions.")
        BackupPhase phase,

        @JsonPropertyDescription("Name of the backup in the bucket, and in Weaviate. Each attempt has its own.")
        String id,

        @JsonPropertyDescription("Where it lies: s3://bucket/prefix/id.")
        String location,

        @JsonPropertyDescription("Bucket, and how it is reached, as the cluster had it when the backup began.")
        BackupBucketSpec storage,

        @JsonPropertyDescription("Weaviate node that coordinates it, or did.")
        String node,

        @JsonPropertyDescription("Process of that node: UID of its pod, and how often its container was restarted.")
        String coordinator,

        @JsonPropertyDescription("How often it was begun.") Integer attempts,

        @JsonPropertyDescription("When the first attempt began.")
        String startedAt,

        @JsonPropertyDescription("When Weaviate had written everything.")
        String completedAt,

        @JsonPropertyDescription("From the first attempt's begin to the end, for example 4m10s.")
        String duration,

        @JsonPropertyDescription("Bytes in the bucket.") Long sizeBytes,

        @JsonPropertyDescription("The same with a unit, for people.")
        String size,

        @JsonPropertyDescription("Number of collections.") Integer collections,

        @JsonPropertyDescription("Weaviate version that wrote it.")
        String serverVersion,

        @JsonPropertyDescription("What failed attempts may have left in the bucket; it is being removed.")
        List<BackupLeftover> leftovers,

        @JsonPropertyDescription("Standard conditions; Ready, Reconciling and Stalled follow kstatus.")
        List<Condition> conditions) {}
