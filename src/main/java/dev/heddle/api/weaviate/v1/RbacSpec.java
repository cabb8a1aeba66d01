package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Role based access control of Weaviate, version 1.29 and later. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RbacSpec(
        @JsonPropertyDescription("Default false.") Boolean enabled,

        @JsonPropertyDescription("Users that may do everything, next to admin and the operator.") @Size(max = 64)
        List<@Pattern("^[^,]+$") @Size(max = 256) String> rootUsers,

        @JsonPropertyDescription("OIDC groups that may do everything.") @Size(max = 64)
        List<@Pattern("^[^,]+$") @Size(max = 256) String> rootGroups,

        @JsonPropertyDescription("OIDC groups that may read.") @Size(max = 64)
        List<@Pattern("^[^,]+$") @Size(max = 256) String> readOnlyGroups) {}
