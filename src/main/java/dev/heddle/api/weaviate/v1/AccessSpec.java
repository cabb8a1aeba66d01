package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import java.util.List;

/** Access for people. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AccessSpec(
        @JsonPropertyDescription("Users, groups or service accounts.") @Required @Size(min = 1, max = 32)
        List<Subject> subjects,

        @JsonPropertyDescription("viewer: list and read logs; debugger: exec and port-forward too.") @Required
        AccessRole role) {}
