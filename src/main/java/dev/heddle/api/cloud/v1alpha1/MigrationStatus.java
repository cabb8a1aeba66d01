package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What is true of a migration. Times are RFC 3339. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MigrationStatus(
        @JsonPropertyDescription("Generation of the spec that this status speaks of.")
        Long observedGeneration,

        @JsonPropertyDescription("One word for how far it is.")
        MigrationPhase phase,

        @JsonPropertyDescription("Where it reads, for people.")
        String source,

        @JsonPropertyDescription("Where it writes, for people.")
        String target,

        @JsonPropertyDescription("How much of the objects is dealt with in this phase, 0 to 100.")
        Integer percent,

        @JsonPropertyDescription("Objects.") MigrationCount objects,

        @JsonPropertyDescription("Objects per second, lately.")
        Long objectsPerSecond,

        @JsonPropertyDescription("Time that is left at this rate, such as 1h4m.")
        String timeLeft,

        @JsonPropertyDescription("Number of collections that are copied or compared.")
        Integer collections,

        @JsonPropertyDescription("Number of tenants in them.")
        Integer tenants,

        @JsonPropertyDescription("When it was first begun.") String startedAt,

        @JsonPropertyDescription("When the Job was begun that counts now; absent while none may run.")
        String resumedAt,

        @JsonPropertyDescription("Seconds that it ran before that.")
        Long spentSeconds,

        @JsonPropertyDescription("When it ended.") String completedAt,

        @JsonPropertyDescription("The first differences between source and target.")
        List<String> differences,

        @JsonPropertyDescription("Standard conditions; Ready, Reconciling and Stalled follow kstatus.")
        List<Condition> conditions) {}
