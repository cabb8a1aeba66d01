package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What may happen when nodes leave. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ScaleInSpec(
        @JsonPropertyDescription("Whether writes may be paused to move shards that have one replica. Default Never.")
        WritePause writePause) {}
