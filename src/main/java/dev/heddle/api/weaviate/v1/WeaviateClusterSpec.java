package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.model.annotation.SpecReplicas;
import java.util.List;
import java.util.Map;

/** What the user asks for. Absent fields take the defaults of {@code ClusterDefaults}; the operator never writes here. */
@ValidationRule(
        value = "!has(self.env) || self.env.all(e, !(e.name in " + Rules.RESERVED_ENV + "))",
        message =
                "spec.env: names that decide identity, Raft, ports, data path and modules are set by Heddle and cannot be overridden")
@ValidationRule(
        value =
                "!has(self.env) || self.env.all(e, !e.name.startsWith('AUTHENTICATION_') && !e.name.startsWith('AUTHORIZATION_'))",
        message = "spec.env: authentication and authorization are set with spec.auth")
@ValidationRule(
        value =
                "!has(self.podLabels) || self.podLabels.all(k, !k.startsWith('app.kubernetes.io/') && !k.startsWith('heddle.dev/'))",
        message = "spec.podLabels: the prefixes app.kubernetes.io/ and heddle.dev/ are reserved")
@ValidationRule(
        value = "!has(self.podLabels) || self.podLabels.all(k, " + Rules.LABEL_KEY + ")",
        message =
                "spec.podLabels: a key is not a label key: letters, digits, dashes, dots and underscores, with a domain and a slash in front if need be")
@ValidationRule(
        value = "!has(self.podAnnotations) || self.podAnnotations.all(k, " + Rules.LABEL_KEY + ")",
        message =
                "spec.podAnnotations: a key is not an annotation key: letters, digits, dashes, dots and underscores, with a domain and a slash in front if need be")
@ValidationRule(
        value = "has(self.adopt) == has(oldSelf.adopt) && (!has(self.adopt) || self.adopt == oldSelf.adopt)",
        message = "spec.adopt is decided at creation: delete the resource and make it again")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WeaviateClusterSpec(
        @JsonPropertyDescription("Weaviate version as x.y.z, for example 1.35.2.")
        @Required
        @ValidationRule(
                value = "self.matches('^[0-9]{1,4}[.][0-9]{1,4}[.][0-9]{1,6}$')",
                message = "spec.version must be x.y.z, for example 1.35.2")
        @Size(max = 32)
        String version,

        @JsonPropertyDescription("Where the Weaviate image comes from.")
        ImageSpec image,

        @JsonPropertyDescription(
                "Number of Weaviate nodes. Default 1. Only the start value when autoScaling is enabled. An HPA or KEDA needs it to be set.")
        @Min(1)
        @Max(100)
        @SpecReplicas
        Integer replicas,

        @JsonPropertyDescription("Requests and limits of the Weaviate container. GOMEMLIMIT follows the memory limit.")
        ResourceRequirements resources,

        @JsonPropertyDescription("The volume of each node.") StorageSpec storage,
        @JsonPropertyDescription("Number of nodes by load.") AutoScalingSpec autoScaling,

        @JsonPropertyDescription("Moving shard replicas to new nodes.")
        RebalanceSpec rebalance,

        @JsonPropertyDescription("What may happen when nodes leave.")
        ScaleInSpec scaleIn,

        @JsonPropertyDescription(
                "Weaviate modules: API-based ones with their keys, or inference modules that get a Deployment.")
        @Size(max = 64)
        List<ModuleSpec> modules,

        @JsonPropertyDescription("GPU request of every inference module that can use one and does not state its own.")
        GpuSpec gpu,

        @JsonPropertyDescription("Where the Weaviate pods may run.")
        SchedulingSpec scheduling,

        @JsonPropertyDescription("Who may talk to Weaviate. Default: generated API keys, no anonymous access.")
        AuthSpec auth,

        @JsonPropertyDescription("The cloud that the cluster runs on, and what to use of it.")
        CloudProviderSpec cloudProvider,

        @JsonPropertyDescription("Service mesh to join.") ServiceMeshSpec serviceMesh,

        @JsonPropertyDescription("Where the backup module of Weaviate writes. Wins over cloudProvider.*.backup.")
        BackupSpec backup,

        @JsonPropertyDescription("How a change of version is carried out.")
        UpgradeSpec upgrade,

        @JsonPropertyDescription("Metrics, and objects of the Prometheus operator where its kinds exist.")
        MonitoringSpec monitoring,

        @JsonPropertyDescription("NetworkPolicy of the cluster. On by default.")
        NetworkPolicySpec networkPolicy,

        @JsonPropertyDescription("Access for people to the pods of this cluster: list, read logs, exec; never more.")
        @Size(max = 32)
        List<AccessSpec> access,

        @JsonPropertyDescription("ConfigMaps that hold any part of this spec; what stands in the spec itself wins.")
        @Size(max = 16)
        List<ValuesFromSpec> valuesFrom,

        @JsonPropertyDescription("Additional environment of the Weaviate container.") @Size(max = 100)
        List<EnvVar> env,

        @JsonPropertyDescription("Annotations of the Weaviate pods.") @Size(max = 64)
        Map<String, @Size(max = 65536) String> podAnnotations,

        @JsonPropertyDescription(
                "Labels of the Weaviate pods. The prefixes app.kubernetes.io/ and heddle.dev/ are reserved.")
        @Size(max = 64)
        Map<String, @Pattern("^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$") @Size(max = 63) String> podLabels,

        @JsonPropertyDescription("Service account of the pods, used as it is. Default: one is made.")
        @Pattern("^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$")
        @Size(min = 1, max = 253)
        String serviceAccountName,

        @JsonPropertyDescription("The Service that clients use.")
        ServiceSpec service,

        @JsonPropertyDescription("Stops the operator from acting on this resource. What runs keeps running.")
        Boolean suspend,

        @JsonPropertyDescription(
                "Runs on a StatefulSet of the official Helm chart, whose pods stay as they are. Decided at creation.")
        AdoptSpec adopt) {}
