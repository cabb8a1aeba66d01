package dev.heddle.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.common.Finding;
import io.fabric8.kubernetes.api.model.NodeSelectorRequirement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CloudPlannerTest {
    private final List<Finding> findings = new ArrayList<>();

    private CloudPlan plan(String yaml) {
        return CloudPlanner.plan(Samples.spec(yaml), Samples.SETTINGS, findings::add);
    }

    private static List<String> terms(List<NodeSelectorRequirement> requirements) {
        return requirements.stream()
                .map(term ->
                        term.getKey() + (term.getValues().isEmpty() ? "" : "=" + String.join(",", term.getValues())))
                .toList();
    }

    @Test
    void isNothingWithoutACloud() {
        assertThat(plan("")).isEqualTo(CloudPlan.none());
    }

    @ParameterizedTest
    @ValueSource(strings = {"aws", "gcp", "azure"})
    void isNothingWithoutSettings(String type) {
        assertThat(plan("cloudProvider: {type: %s}".formatted(type))).isEqualTo(CloudPlan.none());
        assertThat(plan("cloudProvider: {type: %s, %s: {}}".formatted(type, type)))
                .isEqualTo(CloudPlan.none());
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: aws, aws: {instanceType: i4i.large}}      | node.kubernetes.io/instance-type=i4i.large",
                "{type: gcp, gcp: {machineType: n2-highmem-8}}    | node.kubernetes.io/instance-type=n2-highmem-8",
                "{type: azure, azure: {vmSize: Standard_E8s_v5}}  | node.kubernetes.io/instance-type=Standard_E8s_v5",
            })
    void requiresTheInstanceType(String cloud, String term) {
        assertThat(terms(plan("cloudProvider: " + cloud).required())).containsExactly(term);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: aws, region: eu-west-1}           | topology.kubernetes.io/region=eu-west-1",
                "{type: aws, aws: {useLocalNVMe: true}}   | karpenter.k8s.aws/instance-local-nvme",
                "{type: gcp, gcp: {useLocalSSD: true}}    | cloud.google.com/gke-ephemeral-storage-local-ssd=true",
            })
    void prefersTheRegionAndLocalDisks(String cloud, String term) {
        var plan = plan("cloudProvider: " + cloud);

        assertThat(terms(plan.preferred())).containsExactly(term);
        assertThat(plan.required()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: aws, aws: {roleArn: 'arn:aws:iam::123456789012:role/x'}}   | eks.amazonaws.com/role-arn",
                "{type: gcp, gcp: {serviceAccount: x@y.iam.gserviceaccount.com}}   | iam.gke.io/gcp-service-account",
                "{type: azure, azure: {clientId: 1-2-3-4-5}}                       | azure.workload.identity/client-id",
            })
    void annotatesTheServiceAccount(String cloud, String annotation) {
        assertThat(plan("cloudProvider: " + cloud).serviceAccountAnnotations()).containsOnlyKeys(annotation);
    }

    @Test
    void labelsPodsForAzureOnly() {
        assertThat(plan("cloudProvider: {type: azure, azure: {clientId: 1-2-3-4-5}}")
                        .podLabels())
                .isEqualTo(Map.of("azure.workload.identity/use", "true"));
    }

    @ParameterizedTest
    @CsvSource({
        "c5d.large, true",
        "m6gd.xlarge, true",
        "i3.large, true",
        "i4i.2xlarge, true",
        "im4gn.large, true",
        "is4gen.large, true",
        "d3en.xlarge, true",
        "h1.2xlarge, true",
        "r6idn.large, true",
        "x2iedn.large, true",
        "g5.xlarge, true",
        "g4dn.xlarge, true",
        "z1d.large, true",
        "p5.48xlarge, true",
        "c5.4xlarge, false",
        "m6g.large, false",
        "r6i.xlarge, false",
        "t3.medium, false",
        "g5g.xlarge, false",
        "inf1.xlarge, false",
        "m7i-flex.large, false",
        "hpc7g.4xlarge, false",
    })
    void knowsWhichInstancesHaveLocalDisks(String type, boolean local) {
        plan("cloudProvider: {type: aws, aws: {useLocalNVMe: true, instanceType: %s}}".formatted(type));

        assertThat(Samples.reasons(findings)).isEqualTo(local ? List.of() : List.of("NoLocalDisk"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{type: aws, aws: {ebsOptimized: true}}             | heddle-aws-gp3",
                "{type: azure, azure: {usePremiumStorage: true}}    | heddle-azure-premium",
                "{type: aws, aws: {ebsOptimized: false}}            | ",
                "{type: azure, azure: {usePremiumStorage: false}}   | ",
            })
    void makesAClassOnlyWhenAsked(String cloud, String name) {
        assertThat(plan("cloudProvider: " + cloud)
                        .storageClass()
                        .map(StoragePlan.MadeClass::name)
                        .orElse(null))
                .isEqualTo(name);
    }

    @Test
    void usesTheUsersOwnClass() {
        var plan = plan("cloudProvider: {type: aws, aws: {ebsOptimized: true}}\nstorage: {storageClassName: own}");

        assertThat(plan.storageClass()).isEmpty();
        assertThat(Samples.reasons(findings)).containsExactly("OwnStorageClass");
    }

    @Test
    void makesNoClassWithoutTheRight() {
        var settings = new Settings("ns", "cluster.local", false, Samples.SETTINGS.catalog());
        var spec = Samples.spec("cloudProvider: {type: aws, aws: {ebsOptimized: true}}");

        assertThat(CloudPlanner.plan(spec, settings, findings::add).storageClass())
                .isEmpty();
        assertThat(Samples.reasons(findings)).containsExactly("NamespacedOperator");
    }
}
