package dev.heddle.weaviate;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.Map;
import java.util.Objects;

/** GET /v1/meta. @param modules by name; what they say of themselves differs from one to the other */
@RegisterForReflection
public record MetaReply(String version, Map<String, Object> modules) {
    public MetaReply {
        version = Objects.requireNonNullElse(version, "");
        modules = Objects.requireNonNullElse(modules, Map.of());
    }
}
