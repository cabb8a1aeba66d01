package dev.heddle.weaviate;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;

/** GET /v1/schema. */
@RegisterForReflection
public record SchemaReply(List<Collection> classes) {
    public SchemaReply {
        classes = Present.of(classes);
    }

    /** @param replicationConfig null where Weaviate's default, one replica, holds */
    @RegisterForReflection
    public record Collection(
            @JsonProperty("class") String name, Replication replicationConfig, Tenancy multiTenancyConfig) {
        public int factor() {
            return replicationConfig == null ? 1 : Math.max(1, replicationConfig.factor());
        }

        public boolean repairs() {
            return replicationConfig != null && replicationConfig.asyncEnabled();
        }

        public boolean multiTenant() {
            return multiTenancyConfig != null && multiTenancyConfig.enabled();
        }
    }

    /** @param asyncEnabled whether replicas that miss something get it without being read */
    @RegisterForReflection
    public record Replication(int factor, boolean asyncEnabled) {
        public Replication(int factor) {
            this(factor, false);
        }
    }

    @RegisterForReflection
    public record Tenancy(boolean enabled) {}
}
