package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The step of an upgrade that goes on, or that failed. Written before anything is done, so that a crash loses nothing. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UpgradeStatus(
        @JsonPropertyDescription("Version that ran before.") String from,

        @JsonPropertyDescription("Version of this step.") String to,

        @JsonPropertyDescription("spec.version when the step began. Absent once that was taken back.")
        String wanted,

        @JsonPropertyDescription("How far it is.") UpgradeStage stage,

        @JsonPropertyDescription("When this stage began, in RFC 3339.")
        String since,

        @JsonPropertyDescription("A pod of the new version has led Raft, so that it cannot be taken back.")
        Boolean led,

        @JsonPropertyDescription("Backup that was taken before.")
        String backup,

        @JsonPropertyDescription("Why it turned back or stopped.")
        String message) {}
