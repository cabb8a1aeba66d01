package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

/** Who may talk to Weaviate. */
@ValidationRule(
        value =
                "!has(self.anonymous) || !self.anonymous || !has(self.rbac) || !has(self.rbac.enabled) || !self.rbac.enabled",
        message = "auth.anonymous and auth.rbac.enabled exclude each other: Weaviate does not start with both")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record AuthSpec(
        @JsonPropertyDescription("API keys of users. Default: one generated key of user admin.")
        ApiKeysSpec apiKeys,

        @JsonPropertyDescription("OpenID Connect.") OidcSpec oidc,

        @JsonPropertyDescription("Role based access control of Weaviate.")
        RbacSpec rbac,

        @JsonPropertyDescription("Allows requests without credentials. Default false.")
        Boolean anonymous) {}
