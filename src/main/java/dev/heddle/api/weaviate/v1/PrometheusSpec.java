package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Metrics of the autoscaler out of a Prometheus. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PrometheusSpec(
        @JsonPropertyDescription("Address without /api/v1, for example http://prometheus.monitoring:9090.")
        @Required
        @ValidationRule(
                value = "self.matches('^https?://[A-Za-z0-9.:-]+(/[-A-Za-z0-9._~/]*)?$')",
                message =
                        "autoScaling.prometheus.url must be a URL, https://… or http://…, without user, query and fragment")
        @Size(max = 512)
        String url,

        @JsonPropertyDescription("Queries by metric, in place of the sources that are used otherwise.") @Required
        PrometheusQueriesSpec queries,

        @JsonPropertyDescription("Bearer token that is sent along.")
        SecretKeyRefSpec bearerTokenSecretRef) {}
