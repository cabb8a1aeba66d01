package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** One side of a migration: a Weaviate by its address, or one of the operator's own. */
@ValidationRule(
        value = "has(self.host) != has(self.clusterRef)",
        message = "a side needs exactly one of host and clusterRef")
@ValidationRule(
        value =
                "!has(self.clusterRef) || !has(self.restHost) && !has(self.apiKeySecretRef) && !has(self.tls) && (!has(self.type) || self.type != 'https')",
        message =
                "a side with clusterRef has no restHost, apiKeySecretRef, tls or type https: all of that is known of a cluster, which is reached by grpc or http")
@ValidationRule(value = "!has(self.host) || has(self.type)", message = "type is needed with host")
@ValidationRule(
        value = "!has(self.host) || !has(self.type) || self.type != 'https' || !self.host.startsWith('http://')",
        message = "host begins with http:// and type is https; only one can be true")
@ValidationRule(
        value = "!has(self.host) || !has(self.type) || self.type != 'http' || !self.host.startsWith('https://')",
        message = "host begins with https:// and type is http; only one can be true")
@ValidationRule(
        value = "!has(self.restHost) || !has(self.type) || self.type == 'grpc'",
        message = "restHost is for type grpc only; with https and http everything goes to host")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MigrationEndpointSpec(
        @JsonPropertyDescription(
                "Address of Weaviate: a host and, if need be, a port, with https:// or http:// in front.")
        @ValidationRule(value = MigrationRules.ADDRESS, message = MigrationRules.HOST_MESSAGE)
        @Size(max = 261)
        String host,

        @JsonPropertyDescription(
                "How objects travel: by gRPC, or by REST over https or http. Schema, tenants and aliases always go over REST. Default for a clusterRef: grpc.")
        MigrationType type,

        @JsonPropertyDescription("With type grpc: address of REST. Default: that of host.")
        @ValidationRule(value = MigrationRules.ADDRESS, message = MigrationRules.REST_HOST_MESSAGE)
        @Size(max = 261)
        String restHost,

        @JsonPropertyDescription("Secret with the API key of a user who may read, and for a target write, everything.")
        SecretKeyRefSpec apiKeySecretRef,

        @JsonPropertyDescription("How the certificate of the server is judged.")
        MigrationTlsSpec tls,

        @JsonPropertyDescription("A cluster of the operator, in the namespace of this resource.")
        BackupClusterRefSpec clusterRef) {}
