package dev.heddle.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.cluster.ClusterPlanner.Outcome;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.common.Labels;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterPlannerTest {

    private static PersistentVolumeClaim claim(int ordinal, String voters) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("data-db-" + ordinal)
                .addToAnnotations(Labels.VOTERS, voters)
                .endMetadata()
                .build();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "version: 1.24.9 | VersionNotSupported",
                "version: 0.1.0 | VersionNotSupported",
                "version: 1.25.0 | ",
                "{version: 1.28.9, auth: {rbac: {enabled: true}}} | RbacNotSupported",
                "{version: 1.29.0, auth: {rbac: {enabled: true}}} | ",
                "{version: 1.28.9, auth: {rbac: {enabled: false}}} | ",
            })
    void makesNoPlanForWhatWeaviateCannotDo(String yaml, String reason) {
        var seen = new Seen(Samples.spec("# flow style\n" + yaml));

        var outcome = ClusterPlanner.plan(Samples.cluster(seen.spec()), seen.build(), Samples.SETTINGS);

        assertThat(outcome).isInstanceOf(reason == null ? Outcome.Planned.class : Outcome.Invalid.class);
        assertThat(Samples.reasons(outcome.findings())).isEqualTo(reason == null ? List.of() : List.of(reason));
    }

    @Test
    void makesNoPlanFromAnIncompleteSpec() {
        var missing = new Finding(Topic.REFERENCE, "ConfigMapNotFound", "gone");
        var seen = new Seen(Samples.spec("")).with(missing);

        assertThat(ClusterPlanner.plan(Samples.cluster(seen.spec()), seen.build(), Samples.SETTINGS))
                .isEqualTo(new Outcome.Invalid(List.of(missing)));
    }

    @ParameterizedTest(name = "{0} wanted, claims {1}: {2} nodes, {3} voters")
    @CsvSource({
        "1, 0, 1, 1",
        "3, 0, 3, 3",
        "1, 0 1 2, 3, 3",
        "5, 0 1 2, 5, 3",
        "1, 9, 10, 3",
        "12, 10, 12, 3",
    })
    void takesUpTheVolumesThatWereLeft(int replicas, String claims, int nodes, int voters) {
        var seen = new Seen(Samples.spec("replicas: " + replicas));
        for (var ordinal : claims.split(" ")) {
            seen.with(claim(Integer.parseInt(ordinal), claims.equals("0") ? "none" : "3"));
        }

        var plan = Samples.plan(seen);

        assertThat(plan.replicas()).isEqualTo(nodes);
        assertThat(plan.voters()).isEqualTo(voters);
    }

    /** Its node was emptied before it left; what is on it is of no use to anybody. */
    @Test
    void doesNotCountADrainedClaim() {
        var drained = claim(3, "3");
        drained.getMetadata().getAnnotations().put(Labels.DRAINED, "true");
        var seen = new Seen(Samples.spec("replicas: 1")).with(claim(2, "3")).with(drained);

        assertThat(Samples.plan(seen).replicas()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "backup: {s3: {bucket: b, credentialsSecretRef: {name: s}}} | spec.backup.s3.credentialsSecretRef",
                "cloudProvider: {type: azure, azure: {backup: {storageAccount: a, container: c, keySecretRef: {name: s, key: k}}}} | spec.cloudProvider.azure.backup.keySecretRef",
            })
    void namesTheFieldOfASecretThatIsMissing(String spec, String field) {
        assertThat(Samples.plan(spec).findings())
                .filteredOn(finding -> finding.reason().equals("SecretNotFound"))
                .isNotEmpty()
                .allSatisfy(finding -> assertThat(finding.message())
                        .isEqualTo("Secret s, named in %s, does not exist.".formatted(field)));
    }

    @Test
    void keepsVotersOfTheStatus() {
        var seen = new Seen(Samples.spec("replicas: 12"));
        var cluster = Samples.cluster(seen.spec());
        cluster.setStatus(new WeaviateClusterStatus(
                null, null, null, null, null, null, null, null, 1, null, null, null, null, null));

        assertThat(((Outcome.Planned) ClusterPlanner.plan(cluster, seen.build(), Samples.SETTINGS))
                        .plan()
                        .voters())
                .isEqualTo(1);
    }

    @Test
    void saysWhichKindsAreMissing() {
        var spec = Samples.spec(
                "serviceMesh: {enabled: true, type: istio, mTLS: true}\nmonitoring: {serviceMonitor: true}");

        assertThat(Samples.reasons(Samples.plan(new Seen(spec)).findings())).isEmpty();
        assertThat(Samples.reasons(
                        Samples.plan(new Seen(spec).with(Set.<String>of())).findings()))
                .containsExactly("IstioNotInstalled", "ServiceMonitorNotInstalled");
    }

    @Test
    void rollsPodsForANewSecretValueOnly() {
        var spec =
                Samples.spec("modules: [{name: text2vec-openai, config: {apiKey: {secretKeyRef: {name: s, key: k}}}}]");
        var before = new Seen(spec).with(Samples.secret("s", Map.of("k", "1")));
        var same = new Seen(spec).with(Samples.secret("s", Map.of("k", "1", "other", "2")));
        var changed = new Seen(spec).with(Samples.secret("s", Map.of("k", "2")));

        assertThat(Samples.plan(same).secretsHash())
                .isEqualTo(Samples.plan(before).secretsHash());
        assertThat(Samples.plan(changed).secretsHash())
                .isNotEqualTo(Samples.plan(before).secretsHash());
    }
}
