package dev.heddle.api.weaviate.v1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.config.CatalogSource;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.ClusterPlanner;
import dev.heddle.core.cluster.ClusterPlanner.Outcome;
import dev.heddle.core.cluster.Credentials;
import dev.heddle.core.cluster.LiveCluster;
import dev.heddle.core.cluster.References;
import dev.heddle.core.cluster.Settings;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.manifest.AccessManifests;
import dev.heddle.core.manifest.DeploymentManifests;
import dev.heddle.core.manifest.ServiceManifests;
import dev.heddle.core.manifest.StatefulSetManifest;
import dev.heddle.core.storage.Disks;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the API server accepts can be read, planned and made; whatever it refuses, it refuses with words. */
class CrdFuzzIT {
    /** -Dfuzz.seed and -Dfuzz.requests look further. */
    private static final long SEED = Long.getLong("fuzz.seed", 20261120);

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 300);
    private static final Settings SETTINGS = new Settings("", "cluster.local", true, CatalogSource.read());

    private static KubernetesClient client;
    private static Admission admission;

    @BeforeAll
    static void install() {
        client = new KubernetesClientBuilder().build();
        admission = new Admission(client);
        admission.install();
    }

    @AfterAll
    static void close() {
        client.close();
    }

    static List<Path> valid() {
        return Admission.cases("valid-");
    }

    @ParameterizedTest
    @MethodSource("valid")
    void makesChildrenOfEveryValidCase(Path file) {
        var answer = admission.create(Admission.resource(file), "Strict");

        assertThat(answer.accepted()).as(answer.message()).isTrue();
        assertThat(broken(answer)).isEmpty();
    }

    @Test
    void survivesDamagedResources() {
        var mutation = new Mutation(SEED);
        var cases = valid();
        var broken = new TreeSet<String>();
        int accepted = 0;
        for (int request = 0; request < REQUESTS; request++) {
            var resource = Admission.resource(cases.get(request % cases.size()));
            mutation.damage(resource);
            var answer = admission.create(resource, "Ignore");
            if (answer.accepted()) {
                accepted++;
                broken.addAll(broken(answer));
            } else {
                assertThat(answer.code()).as("%s", resource).isBetween(400, 499);
                assertThat(answer.message()).as("%s", resource).isNotBlank();
            }
        }
        assertThat(broken).isEmpty();
        assertThat(accepted).as("accepted of %d", REQUESTS).isBetween(REQUESTS / 20, REQUESTS * 3 / 4);
    }

    /** What goes wrong with a resource that was accepted. */
    private static List<String> broken(Admission.Answer answer) {
        var spec = answer.object().get("spec").toString();
        try {
            var cluster = Serialization.unmarshal(answer.object().toString(), WeaviateCluster.class);
            if (!(ClusterPlanner.plan(cluster, observation(cluster), SETTINGS) instanceof Outcome.Planned planned)) {
                return List.of();
            }
            return children(planned.plan())
                    .map(CrdFuzzIT::made)
                    .filter(made -> !made.accepted())
                    .map(made -> made.message() + " from " + spec)
                    .toList();
        } catch (RuntimeException problem) {
            return List.of(problem + " from " + spec);
        }
    }

    private static Admission.Answer made(HasMetadata child) {
        var group = child.getApiVersion().contains("/") ? "/apis/" : "/api/";
        var uri = group + child.getApiVersion() + "/namespaces/" + Admission.NAMESPACE + "/" + child.getPlural();
        return admission.post(uri + "?dryRun=All&fieldValidation=Strict", child);
    }

    private static Stream<HasMetadata> children(ClusterPlan plan) {
        return Stream.<Map<String, ? extends HasMetadata>>of(
                        StatefulSetManifest.of(plan),
                        ServiceManifests.of(plan),
                        DeploymentManifests.of(plan),
                        AccessManifests.serviceAccounts(plan),
                        AccessManifests.roleBindings(plan))
                .map(Map::values)
                .flatMap(Collection::stream);
    }

    private static ClusterObservation observation(WeaviateCluster cluster) {
        return new ClusterObservation(
                cluster.getSpec(),
                List.of(),
                new References(Map.of(), Map.of()),
                new Credentials("admin-key", "operator-key", "password", "", ""),
                LiveCluster.none(),
                Optional.empty(),
                Set.of(),
                new WeaviateReport.NotAsked(),
                Disks.notRead());
    }
}
