package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** OpenID Connect. */
@ValidationRule(
        value = "has(self.clientId) || (has(self.skipClientIdCheck) && self.skipClientIdCheck)",
        message = "auth.oidc.clientId is required unless skipClientIdCheck is true")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OidcSpec(
        @JsonPropertyDescription("Issuer URL.")
        @Required
        @ValidationRule(
                value = "self.matches('^https?://[^/ ]+')",
                message = "auth.oidc.issuer must be a URL, https://… or http://…")
        @Size(max = 512)
        String issuer,

        @JsonPropertyDescription("Client id; required unless skipClientIdCheck.") @Size(min = 1, max = 256)
        String clientId,

        @JsonPropertyDescription("Claim that holds the user name. Default sub.") @Size(max = 128)
        String usernameClaim,

        @JsonPropertyDescription("Claim that holds the groups.") @Size(max = 128)
        String groupsClaim,

        @JsonPropertyDescription("Scopes to ask for.") @Size(max = 16)
        List<@Pattern("^[^ ,]+$") @Size(max = 128) String> scopes,

        @JsonPropertyDescription("Accepts tokens of other clients. Default false.")
        Boolean skipClientIdCheck,

        @JsonPropertyDescription("Certificate of the issuer, PEM.")
        SecretKeyRefSpec certificateSecretRef) {}
