package dev.heddle.weaviate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** GET /v1/aliases. */
@RegisterForReflection
public record AliasesReply(List<Alias> aliases) {
    public AliasesReply {
        aliases = Present.of(aliases);
    }

    /** @param collection its class */
    @RegisterForReflection
    public record Alias(String alias, @JsonProperty("class") String collection) {}
}
