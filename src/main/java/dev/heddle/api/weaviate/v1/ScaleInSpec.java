package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** What may happen when nodes leave. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScaleInSpec(
        @JsonPropertyDescription("Whether writes may be paused to move shards that have one replica. Default Never.")
        WritePause writePause,

        @JsonPropertyDescription(
                "How long writes may be paused at most; then moves are given up and the nodes stay. Default 15m.")
        @ValidationRule(
                value = "self.matches('^([0-9]{1,4}h)?([0-9]{1,4}m)?([0-9]{1,5}s)?$') && self.matches('[1-9]')",
                message =
                        "scaleIn.maxWritePause must be hours, minutes and seconds above zero, for example 15m or 1h30m")
        @Size(min = 2, max = 16)
        String maxWritePause) {}
