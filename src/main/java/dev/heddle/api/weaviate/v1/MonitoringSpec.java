package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;

/** Metrics, and objects of the Prometheus operator where its kinds exist. */
@ValidationRule(
        value = "!has(self.serviceMonitor) || !self.serviceMonitor || !has(self.enabled) || self.enabled",
        message = "monitoring.serviceMonitor needs monitoring.enabled")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MonitoringSpec(
        @JsonPropertyDescription("Serves metrics on port 2112. Default true.")
        Boolean enabled,

        @JsonPropertyDescription("Makes a ServiceMonitor. Default false.")
        Boolean serviceMonitor,

        @JsonPropertyDescription("Makes alert rules.") Boolean rules,
        @JsonPropertyDescription("Makes dashboards.") Boolean dashboards) {}
