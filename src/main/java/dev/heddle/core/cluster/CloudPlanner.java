package dev.heddle.core.cluster;

import dev.heddle.api.weaviate.v1.AwsSpec;
import dev.heddle.api.weaviate.v1.AzureSpec;
import dev.heddle.api.weaviate.v1.CloudProviderSpec;
import dev.heddle.api.weaviate.v1.GcpSpec;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.cluster.StoragePlan.MadeClass;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirementBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What each cloud's settings do; every field has an effect, or the condition says why it has none. */
final class CloudPlanner {
    private static final String INSTANCE_TYPE = "node.kubernetes.io/instance-type";
    private static final String REGION = "topology.kubernetes.io/region";

    /** AWS names families with local disks with a d after the generation (c5d, m6gd), or i, is, im, d, h, x…d. */
    private static final String AWS_LOCAL_DISK =
            "^(i|im|is|d|dl|h|trn)[0-9].*|^[a-z]+[0-9]+[a-z]*d[a-z]*\\..*|^(g4dn|g5|g6|g6e|gr6|p4d|p4de|p5|p5e|p5en)\\..*";

    private CloudPlanner() {}

    static CloudPlan plan(WeaviateClusterSpec spec, Settings settings, Consumer<Finding> findings) {
        var cloud = spec.cloudProvider();
        if (cloud == null) {
            return CloudPlan.none();
        }
        var plan =
                switch (cloud.type()) {
                    case AWS -> aws(Optional.ofNullable(cloud.aws()), findings);
                    case GCP -> gcp(Optional.ofNullable(cloud.gcp()));
                    case AZURE -> azure(Optional.ofNullable(cloud.azure()));
                };
        if (spec.serviceAccountName() != null
                && !plan.serviceAccountAnnotations().isEmpty()) {
            findings.accept(new Finding(
                    Topic.CLOUD,
                    "OwnServiceAccount",
                    "serviceAccountName %s is used as it is; annotate it yourself with %s."
                            .formatted(spec.serviceAccountName(), plan.serviceAccountAnnotations())));
        }
        return checkedClass(inRegion(plan, cloud), spec, settings, findings);
    }

    private static CloudPlan aws(Optional<AwsSpec> aws, Consumer<Finding> findings) {
        var type = aws.map(AwsSpec::instanceType);
        boolean nvme = aws.map(AwsSpec::useLocalNVMe).orElse(false);
        if (nvme && type.isPresent() && !type.get().matches(AWS_LOCAL_DISK)) {
            findings.accept(new Finding(
                    Topic.CLOUD,
                    "NoLocalDisk",
                    "cloudProvider.aws.useLocalNVMe has no effect: instance type %s has no local NVMe disk."
                            .formatted(type.get())));
        }
        var made = aws.map(AwsSpec::ebsOptimized)
                .filter(on -> on)
                .map(on -> new MadeClass(
                        "heddle-aws-gp3",
                        "ebs.csi.aws.com",
                        Map.of("type", "gp3", "iops", "6000", "throughput", "500", "encrypted", "true")));
        return new CloudPlan(
                instanceType(type),
                nvme ? List.of(exists("karpenter.k8s.aws/instance-local-nvme")) : List.of(),
                aws.map(AwsSpec::roleArn)
                        .map(arn -> Map.of("eks.amazonaws.com/role-arn", arn))
                        .orElse(Map.of()),
                Map.of(),
                made);
    }

    private static CloudPlan gcp(Optional<GcpSpec> gcp) {
        boolean ssd = gcp.map(GcpSpec::useLocalSSD).orElse(false);
        return new CloudPlan(
                instanceType(gcp.map(GcpSpec::machineType)),
                ssd ? List.of(in("cloud.google.com/gke-ephemeral-storage-local-ssd", "true")) : List.of(),
                gcp.map(GcpSpec::serviceAccount)
                        .map(account -> Map.of("iam.gke.io/gcp-service-account", account))
                        .orElse(Map.of()),
                Map.of(),
                Optional.empty());
    }

    private static CloudPlan azure(Optional<AzureSpec> azure) {
        var made = azure.map(AzureSpec::usePremiumStorage)
                .filter(on -> on)
                .map(on ->
                        new MadeClass("heddle-azure-premium", "disk.csi.azure.com", Map.of("skuName", "Premium_LRS")));
        var client = azure.map(AzureSpec::clientId);
        return new CloudPlan(
                instanceType(azure.map(AzureSpec::vmSize)),
                List.of(),
                client.map(id -> Map.of("azure.workload.identity/client-id", id))
                        .orElse(Map.of()),
                client.map(id -> Map.of("azure.workload.identity/use", "true")).orElse(Map.of()),
                made);
    }

    /** The region is preferred, not required: a typing error there must not keep a database from starting. */
    private static CloudPlan inRegion(CloudPlan plan, CloudProviderSpec cloud) {
        if (cloud.region() == null) {
            return plan;
        }
        var preferred = new ArrayList<>(plan.preferred());
        preferred.add(in(REGION, cloud.region()));
        return new CloudPlan(
                plan.required(), preferred, plan.serviceAccountAnnotations(), plan.podLabels(), plan.storageClass());
    }

    private static CloudPlan checkedClass(
            CloudPlan plan, WeaviateClusterSpec spec, Settings settings, Consumer<Finding> findings) {
        if (plan.storageClass().isEmpty()) {
            return plan;
        }
        var own = Optional.ofNullable(spec.storage()).map(storage -> storage.storageClassName());
        if (own.isPresent()) {
            findings.accept(new Finding(
                    Topic.CLOUD,
                    "OwnStorageClass",
                    "storage.storageClassName %s is used; no class is made for cloudProvider.%s."
                            .formatted(own.get(), spec.cloudProvider().type())));
        } else if (!settings.clusterWide()) {
            findings.accept(new Finding(
                    Topic.CLOUD,
                    "NamespacedOperator",
                    "The operator is installed for chosen namespaces and may not make storage class %s; the default class is used. Make one and name it in storage.storageClassName."
                            .formatted(plan.storageClass().get().name())));
        } else {
            return plan;
        }
        return new CloudPlan(
                plan.required(),
                plan.preferred(),
                plan.serviceAccountAnnotations(),
                plan.podLabels(),
                Optional.empty());
    }

    private static List<NodeSelectorRequirement> instanceType(Optional<String> type) {
        return type.map(name -> List.of(in(INSTANCE_TYPE, name))).orElse(List.of());
    }

    private static NodeSelectorRequirement in(String label, String value) {
        return new NodeSelectorRequirementBuilder()
                .withKey(label)
                .withOperator("In")
                .withValues(value)
                .build();
    }

    private static NodeSelectorRequirement exists(String label) {
        return new NodeSelectorRequirementBuilder()
                .withKey(label)
                .withOperator("Exists")
                .build();
    }
}
