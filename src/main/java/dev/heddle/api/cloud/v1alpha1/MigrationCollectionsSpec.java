package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Some of the collections. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MigrationCollectionsSpec(
        @JsonPropertyDescription("Names of collections. An empty list is as good as none.") @Size(max = 256)
        List<@Pattern("^[A-Za-z][_0-9A-Za-z]*$") @Size(min = 1, max = 255) String> collections) {}
