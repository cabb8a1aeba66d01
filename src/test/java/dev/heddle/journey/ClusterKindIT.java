package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.api.cloud.v1alpha1.Cluster;
import dev.heddle.api.cloud.v1alpha1.ClusterSpec;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.adoption.Chart;
import dev.heddle.core.status.Conditions;
import dev.heddle.cosign.SignedImage;
import dev.heddle.registry.LocalRegistry;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The short form with real Weaviate: verified images, what a chart installed, and the sample as it is. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClusterKindIT {
    private static final String NAMESPACE = "journey-cluster";
    /** Pods of the official chart do not pass the restricted level. */
    private static final String CHART = "journey-chart";

    private static final String REPOSITORY = "semitechnologies/weaviate";
    private static final String IMAGE = "cr.weaviate.io/" + REPOSITORY;
    private static final int OBJECTS = 200;
    private static final Duration PATIENCE = Subject.PATIENCE;
    private static final Duration POLL = Duration.ofMillis(300);

    @RegisterExtension
    static final Journey JOURNEY = Journey.watchingAll(NAMESPACE);

    private static LocalRegistry registry;
    private static SignedImage images;
    private static String digest;

    /** A mirror of Weaviate's registry on the node's address, and a key for all that do not name one. */
    @BeforeAll
    static void installTrust() {
        registry = new LocalRegistry(new InetSocketAddress("172.30.0.1", 0));
        images = new SignedImage(registry, REPOSITORY);
        digest = images.push("1.35.2", containerd("content", "get", digestOf(IMAGE + ":1.35.2")));
        images.sign(digest);
        registry.tags(REPOSITORY, "1.35.2", "1.36.0-rc.0", "latest");
        // Images are never pulled here; kubelet asks for a pinned one by its digest.
        containerd("images", "tag", "--force", IMAGE + ":1.35.2", IMAGE + "@" + digest);
        JOURNEY.operator()
                .environment(
                        "HEDDLE_REGISTRIES=cr.weaviate.io=http://" + registry.address(),
                        "HEDDLE_TRUST_KEY=" + images.key());
        JOURNEY.client()
                .resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(CHART)
                        .endMetadata()
                        .build())
                .create();
    }

    @AfterAll
    static void removeTrust() {
        Kubernetes.deleteNamespace(JOURNEY.client(), CHART);
        JOURNEY.operator().environment("HEDDLE_REGISTRIES-", "HEDDLE_TRUST_KEY-");
        registry.close();
    }

    @Test
    @Order(1)
    void runsTheDigestThatWasVerified() {
        apply(NAMESPACE, "one", """
                instances: 1
                version: ">=1.35.0 <1.35.3"
                image: {repository: %s}
                storage: {requests: 128Mi}
                resources: {requests: {cpu: 50m, memory: 256Mi}, limits: {memory: 512Mi}}
                verify: {provider: cosign}
                """.formatted(IMAGE));

        is(NAMESPACE, "one", "Ready", "True", "Serving");
        is(NAMESPACE, "one", "ImageVerified", "True", "Verified");
        assertThat(cluster(NAMESPACE, "one").get().getStatus().version()).isEqualTo("1.35.2");
        assertThat(pods(NAMESPACE, Map.of("app.kubernetes.io/instance", "one")))
                .singleElement()
                .satisfies(pod -> assertThat(
                                pod.getSpec().getContainers().getFirst().getImage())
                        .isEqualTo(IMAGE + ":1.35.2@" + digest));
    }

    @Test
    @Order(2)
    void neverStartsAnImageThatNobodySigned() {
        var before = uids(NAMESPACE, Map.of("app.kubernetes.io/instance", "one"));
        images.push("1.36.0");
        cluster(NAMESPACE, "one").edit(one -> change(one, "1.36.0"));

        is(NAMESPACE, "one", "ImageVerified", "False", "ImageNotSigned");
        is(NAMESPACE, "one", "Ready", "True", "Serving");
        assertThat(child(NAMESPACE, "one").get().getSpec().version()).isEqualTo("1.35.2");
        assertThat(uids(NAMESPACE, Map.of("app.kubernetes.io/instance", "one"))).isEqualTo(before);
    }

    @Test
    @Order(3)
    void takesOverWhatAChartInstalledAndGivesItBack() {
        install();
        var labels = Map.of("app", "weaviate");
        weaviate().store("Kept", 3, OBJECTS);
        var before = uids(CHART, labels);
        var claims = claims();

        apply(CHART, "mine", """
                instances: 3
                version: ">=v1.0.0"
                existingClusters: {matchLabels: {weaviate.io/adopt: "true"}}
                """);

        is(CHART, "mine", "Adopted", "True", "Adopted");
        is(CHART, "mine", "Ready", "True", "Serving");
        assertThat(cluster(CHART, "mine").get().getStatus().version()).isEqualTo("1.35.2");
        assertThat(uids(CHART, labels)).as("the same pods").isEqualTo(before);
        weaviate().holds("Kept", OBJECTS);

        cluster(CHART, "mine").edit(one -> {
            one.getMetadata().setAnnotations(Map.of("heddle.dev/release", "true"));
            return one;
        });

        await().atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> cluster(CHART, "mine").get() == null
                        && child(CHART, "mine").get() == null);
        var free = JOURNEY.client()
                .apps()
                .statefulSets()
                .inNamespace(CHART)
                .withName("weaviate")
                .get();
        assertThat(free.getMetadata().getOwnerReferences()).isEmpty();
        assertThat(free.getMetadata().getLabels()).containsEntry("app.kubernetes.io/managed-by", "Helm");
        assertThat(uids(CHART, labels)).as("the same pods").isEqualTo(before);
        assertThat(claims()).isEqualTo(claims);
        weaviate().holds("Kept", OBJECTS);
    }

    /** As it stands: what it needs around it are a node with the label, the service account, and signed images. */
    @Test
    @Order(4)
    void standsForTheSample() throws IOException {
        var sample = Files.readString(Path.of("src/test/resources/shortform/sample/in-cluster.yaml"));
        JOURNEY.client().resource(sample).create();
        try {
            await().atMost(PATIENCE).pollInterval(POLL).untilAsserted(() -> assertThat(
                            condition("default", "wv-stg", "VersionResolved"))
                    .isEqualTo("True Resolved"));
            var newest = condition("default", "wv-stg", "ImageVerified");
            assertThat(newest).as("nobody signed the newest release here").isEqualTo("False ImageNotFound");
            assertThat(child("default", "wv-stg").get()).isNull();
        } finally {
            JOURNEY.client().resource(sample).delete();
        }
    }

    private static void install() {
        for (var document : Chart.yaml(CHART).split("\n---\n")) {
            JOURNEY.client().resource(document).inNamespace(CHART).create();
        }
        await("the chart's cluster is ready")
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .until(() -> pods(CHART, Map.of("app", "weaviate")).stream()
                                .filter(Kubernetes::ready)
                                .count()
                        == 3);
        // The node learns of the Service's endpoints a moment after the pods are ready.
        await("the chart's Service answers").atMost(PATIENCE).pollInterval(POLL).until(() -> weaviate()
                .serves());
    }

    private static WeaviateAsUser weaviate() {
        var service = JOURNEY.client()
                .services()
                .inNamespace(CHART)
                .withName("weaviate")
                .get();
        return new WeaviateAsUser("http://" + service.getSpec().getClusterIP(), "");
    }

    private static List<String> claims() {
        return JOURNEY.client().persistentVolumeClaims().inNamespace(CHART).list().getItems().stream()
                .map(claim -> claim.getMetadata().getUid() + claim.getMetadata().getLabels())
                .sorted()
                .toList();
    }

    private static Cluster change(Cluster cluster, String version) {
        var yaml = Serialization.asYaml(cluster.getSpec());
        cluster.setSpec(Serialization.unmarshal(
                yaml.replaceFirst("version: .*", "version: \"" + version + "\""), ClusterSpec.class));
        return cluster;
    }

    private static void apply(String namespace, String name, String spec) {
        JOURNEY.client()
                .resource("""
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: Cluster
                metadata: {name: %s, namespace: %s}
                spec:
                %s""".formatted(name, namespace, spec.indent(2)))
                .create();
    }

    private static void is(String namespace, String name, String type, String status, String reason) {
        await("%s/%s %s".formatted(namespace, name, type))
                .atMost(PATIENCE)
                .pollInterval(POLL)
                .untilAsserted(
                        () -> assertThat(condition(namespace, name, type)).isEqualTo(status + " " + reason));
    }

    private static String condition(String namespace, String name, String type) {
        var status = cluster(namespace, name).get().getStatus();
        return status == null
                ? ""
                : Conditions.find(status.conditions(), type)
                        .map(condition -> condition.getStatus() + " " + condition.getReason())
                        .orElse("");
    }

    private static Resource<Cluster> cluster(String namespace, String name) {
        return JOURNEY.client().resources(Cluster.class).inNamespace(namespace).withName(name);
    }

    private static Resource<WeaviateCluster> child(String namespace, String name) {
        return JOURNEY.client()
                .resources(WeaviateCluster.class)
                .inNamespace(namespace)
                .withName(name);
    }

    private static List<Pod> pods(String namespace, Map<String, String> labels) {
        return JOURNEY.client()
                .pods()
                .inNamespace(namespace)
                .withLabels(labels)
                .list()
                .getItems();
    }

    private static List<String> uids(String namespace, Map<String, String> labels) {
        return pods(namespace, labels).stream()
                .map(pod -> pod.getMetadata().getName()
                        + pod.getMetadata().getUid()
                        + pod.getStatus().getContainerStatuses().getFirst().getRestartCount())
                .sorted()
                .toList();
    }

    private static String digestOf(String image) {
        return containerd("images", "ls", "name==" + image).replaceAll("(?s).*(sha256:[a-f0-9]{64}).*", "$1");
    }

    private static String containerd(String... arguments) {
        var command = new ArrayList<>(List.of("ctr", "-a", socket(), "-n", "k8s.io"));
        command.addAll(List.of(arguments));
        return Command.run(command.toArray(String[]::new));
    }

    private static String socket() {
        return Path.of(System.getenv("KUBECONFIG"))
                .getParent()
                .getParent()
                .resolve("containerd.sock")
                .toString();
    }
}
