package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.heddle.api.weaviate.v1.BackupSpec;
import dev.heddle.api.weaviate.v1.ImageSpec;
import dev.heddle.api.weaviate.v1.ModuleSpec;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;

/** What the user asks for; the operator never writes here. */
@ValidationRule(
        value =
                "!has(self.instances) || !has(self.autoscaling) || (!has(self.autoscaling.maxReplicas) || self.instances <= self.autoscaling.maxReplicas) && (!has(self.autoscaling.minReplicas) || self.instances >= self.autoscaling.minReplicas)",
        message =
                "spec.instances must lie between autoscaling.minReplicas and autoscaling.maxReplicas: it is what the autoscaler starts from")
@ValidationRule(
        value =
                "!has(self.backup) || !has(self.modules) || self.modules.all(m, m.name != 'backup' || !has(m.config) && !has(m.image) && !has(m.resources) && !has(m.replicas) && !has(m.gpu))",
        message = "modules: backup has no settings of its own; the storage is set with spec.backup")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClusterSpec(
        @JsonPropertyDescription(
                "Number of Weaviate nodes. Default: autoscaling.minReplicas, else 1. What the autoscaler starts from when both are given.")
        @Min(1)
        @Max(100)
        Integer instances,

        @JsonPropertyDescription("Number of nodes by load.") AutoscalingSpec autoscaling,

        @JsonPropertyDescription(
                "Weaviate version: exact (1.35.2) or a constraint (>=v1.34.0, ~1.34, 1.x, >=1.34 <1.36), which takes the newest release that it admits. Never a pre-release, never a downgrade.")
        @Required
        @ValidationRule(
                value =
                        "self.matches('^ *(>=|<=|>|<|=|~|\\\\^)? ?v?([0-9]{1,5}|x|[*])([.]([0-9]{1,5}|x|[*])){0,2}(( - | +| *[|][|] *)(>=|<=|>|<|=|~|\\\\^)? ?v?([0-9]{1,5}|x|[*])([.]([0-9]{1,5}|x|[*])){0,2})* *$')",
                message =
                        "spec.version must be a version or a constraint without pre-release, for example 1.35.2, >=v1.34.0, ~1.34 or 1.x")
        @Size(min = 1, max = 128)
        String version,

        @JsonPropertyDescription(
                "When a running cluster may change its version. Default: at any time; for an adopted one, only when its version no longer fits the constraint.")
        MaintenanceWindowSpec maintenanceWindow,

        @JsonPropertyDescription(
                "Where the Weaviate image comes from. Tags of a repository that is named here are candidates for the version, next to the catalog's.")
        ImageSpec image,

        @JsonPropertyDescription("The volume of each node.") ClusterStorageSpec storage,

        @JsonPropertyDescription(
                "Weaviate modules. The name backup stands for the backup module of the storage in spec.backup.")
        @Size(max = 64)
        List<ModuleSpec> modules,

        @JsonPropertyDescription("Where the backup module writes.")
        BackupSpec backup,

        @JsonPropertyDescription(
                "Requests and limits of the Weaviate container. Default: none; with autoscaling by CPU a request of 250m, because a percentage needs one.")
        ResourceRequirements resources,

        @JsonPropertyDescription("Taking over what the official Helm chart installed, without a restart.")
        ExistingClustersSpec existingClusters,

        @JsonPropertyDescription("Nodes that the pods may run on.")
        NodeSelectorSpec nodeSelector,

        @JsonPropertyDescription("Taints that are tolerated.") @Size(max = 32)
        List<Toleration> tolerations,

        @JsonPropertyDescription("Images run only when their signature was verified, and by the digest that was.")
        VerifySpec verify,

        @JsonPropertyDescription("Service account of the pods, used as it is. Default: one is made.")
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(min = 1, max = 253)
        String serviceAccountName,

        @JsonPropertyDescription("Stops the operator from acting on this resource. What runs keeps running.")
        Boolean suspend) {}
