package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;

/** Volumes as they are. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StorageStatus(
        @JsonPropertyDescription("Size of each volume.") String size,

        @JsonPropertyDescription("UID of the claim that holds the data of each node.")
        Map<String, String> volumes) {}
