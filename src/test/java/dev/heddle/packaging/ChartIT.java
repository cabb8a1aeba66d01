package dev.heddle.packaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.fabric8.kubernetes.api.model.Probe;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The chart as {@code helm} renders it, against what the operator needs and what a cluster's policies allow. */
class ChartIT {
    private static final Path GENERATED = Path.of("target", "kubernetes");
    private static final String CRD = """
            apiVersion: apiextensions.k8s.io/v1
            kind: CustomResourceDefinition
            metadata: {name: looms.heddle.dev}
            spec:
              group: heddle.dev
              names: {kind: Loom, plural: looms}
              scope: Namespaced
              versions:
                - name: v1
                  served: true
                  storage: true
                  schema:
                    openAPIV3Schema:
                      type: object
                      description: "A template is written {{ like this }}, and left alone"
                      properties:
                        limit: {type: integer, maximum: 2147483647}
                        share: {type: number, minimum: 0.25}
            """;

    private final Helm helm = new Helm(Helm.CHART);

    @Test
    void lintsCleanly() {
        var outcome = helm.lint();

        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        assertThat(outcome.output()).doesNotContain("[WARNING]", "[ERROR]");
    }

    @Test
    void rendersTheSameBytesTwice() {
        assertThat(helm.template().output())
                .contains("kind: Deployment")
                .isEqualTo(helm.template().output());
        assertThat(helm.template(Helm.TWO_NAMESPACES).output())
                .isEqualTo(helm.template(Helm.TWO_NAMESPACES).output());
    }

    @Test
    void tellsTheOperatorOfRegistriesAndTrust() {
        var rendering = helm.render(
                "--set",
                "registries={cr.weaviate.io=https://mirror.example.com,r.example.com:5000=http://10.0.0.5:5000}",
                "--set",
                "trust.secretName=signers");

        assertThat(rendering.container().getEnv())
                .filteredOn(variable -> variable.getName().equals("HEDDLE_REGISTRIES"))
                .singleElement()
                .satisfies(variable -> assertThat(variable.getValue())
                        .isEqualTo(
                                "cr.weaviate.io=https://mirror.example.com,r.example.com:5000=http://10.0.0.5:5000"));
        assertThat(rendering.container().getEnv())
                .filteredOn(variable -> variable.getName().startsWith("HEDDLE_TRUST_"))
                .hasSize(3)
                .allSatisfy(variable -> {
                    var key = variable.getValueFrom().getSecretKeyRef();
                    assertThat(key.getName()).isEqualTo("signers");
                    assertThat(key.getOptional()).isTrue();
                });
    }

    @Test
    void givesTheOperatorItsEnvironment() {
        var rendering = helm.render();

        assertThat(rendering.container().getImage()).isEqualTo("ghcr.io/heddle-dev/heddle:0.1.0");
        assertThat(rendering.environment())
                .containsOnly(
                        entry("POD_NAME", "metadata.name"),
                        entry("POD_NAMESPACE", "metadata.namespace"),
                        entry("HEDDLE_NAMESPACE", "metadata.namespace"),
                        entry("HEDDLE_CLUSTER_DOMAIN", "cluster.local"),
                        entry("HEDDLE_LEADER_ELECTION_ENABLED", "true"),
                        entry("QUARKUS_OPERATOR_SDK_NAMESPACES", "JOSDK_ALL_NAMESPACES"),
                        entry("QUARKUS_LOG_LEVEL", "INFO"),
                        entry("QUARKUS_LOG_CONSOLE_JSON_ENABLED", "true"),
                        entry("HEDDLE_OPERATOR_IMAGE", "ghcr.io/heddle-dev/heddle:0.1.0"),
                        entry("HEDDLE_OPERATOR_IMAGE_PULL_POLICY", "IfNotPresent"));
    }

    /** Jobs run it too. */
    @Test
    void tellsTheOperatorItsOwnImage() {
        var rendering = helm.render(
                "--set", "image.registry=mirror.example.com,image.pullPolicy=Always",
                "--set", "image.pullSecrets[0].name=one,image.pullSecrets[1].name=two");

        assertThat(rendering.environment())
                .contains(
                        entry("HEDDLE_OPERATOR_IMAGE", rendering.container().getImage()),
                        entry("HEDDLE_OPERATOR_IMAGE_PULL_POLICY", "Always"),
                        entry("HEDDLE_OPERATOR_IMAGE_PULL_SECRETS", "one,two"));
    }

    @Test
    void takesADomainAndAnAccountThatAreThere() {
        var rendering = helm.render(
                "--set", "clusterDomain=prod.example.com,serviceAccount.create=false,serviceAccount.name=weaver");

        assertThat(rendering.environment()).contains(entry("HEDDLE_CLUSTER_DOMAIN", "prod.example.com"));
        assertThat(rendering.pod().getServiceAccountName()).isEqualTo("weaver");
        assertThat(rendering.all("ServiceAccount")).isEmpty();
    }

    @Test
    void mountsTheCatalogOnlyWhenItIsNamed() {
        var rendering = helm.render("--set", "catalog.configMap=releases");

        assertThat(rendering.environment())
                .contains(entry("HEDDLE_CATALOG_FILE", "/etc/heddle/catalog/weaviate-versions.yaml"));
        assertThat(rendering.container().getVolumeMounts())
                .anySatisfy(mount -> assertThat(mount.getMountPath()).isEqualTo("/etc/heddle/catalog"));
        assertThat(rendering.pod().getVolumes()).anySatisfy(volume -> {
            assertThat(volume.getConfigMap()).isNotNull();
            assertThat(volume.getConfigMap().getName()).isEqualTo("releases");
            assertThat(volume.getConfigMap().getOptional()).isTrue();
        });
    }

    @Test
    void probesTheHealthEndpoints() {
        var container = helm.render().container();

        assertThat(container.getPorts()).singleElement().satisfies(port -> {
            assertThat(port.getName()).isEqualTo("http");
            assertThat(port.getContainerPort()).isEqualTo(8080);
        });
        assertProbe(container.getStartupProbe(), "/q/health/started", 1);
        assertProbe(container.getReadinessProbe(), "/q/health/ready", 5);
        assertProbe(container.getLivenessProbe(), "/q/health/live", 10);
    }

    /** The checks of the Pod Security Standard "restricted", plus a read-only root file system. */
    @Test
    void meetsTheRestrictedPodSecurityStandard() {
        var pod = helm.render().pod();
        var container = helm.render().container();

        assertThat(pod.getInitContainers()).isNullOrEmpty();
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getHostIPC()).isNull();
        assertThat(pod.getVolumes())
                .allSatisfy(volume -> assertThat(volume.getEmptyDir()).isNotNull());
        assertThat(pod.getSecurityContext().getRunAsNonRoot()).isTrue();
        assertThat(pod.getSecurityContext().getRunAsUser()).isEqualTo(65532);
        assertThat(pod.getSecurityContext().getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(container.getPorts())
                .allSatisfy(port -> assertThat(port.getHostPort()).isNull());
        var security = container.getSecurityContext();
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getReadOnlyRootFilesystem()).isTrue();
        assertThat(security.getPrivileged()).isNull();
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(security.getCapabilities().getAdd()).isNullOrEmpty();
    }

    @Test
    void labelsTheOperatorsPods() {
        assertThat(helm.render("--set", "podLabels.team=data,podLabels.app\\.kubernetes\\.io/name=x")
                        .deployment()
                        .getSpec()
                        .getTemplate()
                        .getMetadata()
                        .getLabels())
                .containsEntry("app.kubernetes.io/name", "heddle")
                .containsEntry("app.kubernetes.io/component", "operator")
                .containsEntry("team", "data");
    }

    /** What is a legal name to Kubernetes may be a number or a boolean to YAML. */
    @Test
    void quotesNames() {
        var values = "namespaceOverride=123,fullnameOverride=456,serviceAccount.name=789,priorityClassName=on";
        var rendering = helm.render("--set-string", values, "--set-json", "watchNamespaces=[\"0123\",\"y\"]");

        assertThat(rendering.objects()).allSatisfy(object -> assertThat(object.get("metadata"))
                .allSatisfy(field -> assertThat(field.isTextual() || field.isObject())
                        .as(object.toPrettyString())
                        .isTrue()));
        assertThat(rendering.pod().getPriorityClassName()).isEqualTo("on");
        assertThat(rendering.pod().getServiceAccountName()).isEqualTo("789");
        assertThat(rendering.all("Role")).extracting(Rendering::namespace).contains("0123", "y", "123");
    }

    @Test
    void takesAnyReleaseName() {
        for (var release : List.of("y", "on", "1")) {
            var deployment = new Helm(Helm.CHART, release).render().only("Deployment");
            assertThat(deployment.at("/spec/selector/matchLabels/app.kubernetes.io~1instance"))
                    .isEqualTo(TextNode.valueOf(release));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "--set-string | replicas=three | replicas",
                "--set | replicaCount=1 | replicaCount",
                "--set | image.pullpolicy=Always | pullpolicy",
                "--set | image.pullPolicy=Sometimes | pullPolicy",
                "--set | image.digest=sha256:abc | digest",
                "--set | watchNamespaces={Team_A} | watchNamespaces",
                "--set-string | watchNamespaces=team-a | watchNamespaces",
                "--set | logging.level=LOUD | level",
                "--set | resources.limits.memory=lots | memory",
                "--set | metrics.service.port=0 | port",
                "--set | clusterDomain=cluster.local. | clusterDomain",
                "--set | serviceAccount.create=false | serviceAccount.name",
                "--set | replicas=2,leaderElection.enabled=false | leaderElection",
                "--set | metrics.serviceMonitor.enabled=true,metrics.service.enabled=false | serviceMonitor"
            })
    void refusesBadValuesAndNamesTheKey(String flag, String value, String key) {
        var outcome = helm.template(flag, value);

        assertThat(outcome.exitCode()).isNotZero();
        assertThat(outcome.output()).contains(key);
    }

    @Test
    void describesEveryValueInAClosedSchema() {
        var schema = Helm.documents(Helm.text(Helm.CHART.resolve("values.schema.json")))
                .getFirst();
        var described = new TreeSet<String>();
        schema.get("properties").fieldNames().forEachRemaining(described::add);
        described.remove("global");
        var values = new TreeSet<String>();
        Helm.documents(Helm.text(Helm.CHART.resolve("values.yaml")))
                .getFirst()
                .fieldNames()
                .forEachRemaining(values::add);

        assertThat(described).isEqualTo(values);
        assertThat(withProperties(schema)).hasSizeGreaterThan(10).allSatisfy(object -> assertThat(
                        object.path("additionalProperties").asBoolean(true))
                .isFalse());
    }

    @Test
    void pinsTheDigestOnAMirror() {
        var digest = "sha256:" + "0123456789abcdef".repeat(4);
        var container = helm.render("--set", "image.registry=mirror.example:5000,image.tag=x,image.digest=" + digest)
                .container();

        assertThat(container.getImage()).isEqualTo("mirror.example:5000/heddle-dev/heddle@" + digest);
    }

    @Test
    void neverRunsTwoOperatorsAtOnce() {
        assertThat(helm.render().deployment().getSpec().getStrategy().getType()).isEqualTo("RollingUpdate");
        assertThat(helm.render().all("PodDisruptionBudget")).isEmpty();

        var alone = helm.render("--set", "leaderElection.enabled=false");
        assertThat(alone.deployment().getSpec().getStrategy().getType()).isEqualTo("Recreate");
        assertThat(alone.all("Role")).isEmpty();

        var two = helm.render("--set", "replicas=2");
        assertThat(two.only("PodDisruptionBudget").at("/spec/maxUnavailable").asInt())
                .isOne();
    }

    @Test
    void keepsTheCrdsAndChangesNothingElseInThem(@TempDir Path directory) throws IOException {
        var copy = helm.copyTo(directory.resolve("heddle"));
        Files.createDirectories(copy.chart().resolve("files/crds"));
        Files.writeString(copy.chart().resolve("files/crds/looms.heddle.dev.yaml"), CRD);

        var kept = copy.render().crds().get("looms.heddle.dev");
        assertThat(kept.at("/metadata/annotations/helm.sh~1resource-policy").asText())
                .isEqualTo("keep");
        assertThat(kept.get("spec")).isEqualTo(Helm.documents(CRD).getFirst().get("spec"));
        assertThat(copy.render("--set", "crds.keep=false")
                        .crds()
                        .get("looms.heddle.dev")
                        .at("/metadata/annotations")
                        .has("helm.sh/resource-policy"))
                .isFalse();
        assertThat(copy.render("--set", "crds.create=false").crds()).isEmpty();
    }

    @Test
    void carriesTheCrdsAsGenerated() {
        var shipped = crds(Helm.CHART.resolve("files/crds"));

        assertThat(shipped).isNotEmpty();
        assertThat(shipped).as("run make generate").isEqualTo(crds(GENERATED));
        assertThat(helm.render().crds()).hasSameSizeAs(shipped).allSatisfy((name, crd) -> {
            // Helm writes 100 for 100.0.
            assertThat(crd.get("spec")
                            .equals(ChartIT::compare, shipped.get(name).get("spec")))
                    .isTrue();
            assertThat(crd.at("/metadata/annotations/helm.sh~1resource-policy").asText())
                    .isEqualTo("keep");
        });
    }

    private static int compare(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue())
                : one.equals(other) ? 0 : 1;
    }

    private static List<JsonNode> withProperties(JsonNode schema) {
        var found = new ArrayList<JsonNode>();
        if (schema.has("properties")) {
            found.add(schema);
        }
        schema.forEach(child -> found.addAll(withProperties(child)));
        return found;
    }

    private static void assertProbe(Probe probe, String path, int period) {
        assertThat(probe.getHttpGet().getPath()).isEqualTo(path);
        assertThat(probe.getHttpGet().getPort().getStrVal()).isEqualTo("http");
        assertThat(probe.getPeriodSeconds()).isEqualTo(period);
    }

    private static Map<String, JsonNode> crds(Path directory) {
        assertThat(directory).isDirectory();
        try (Stream<Path> files = Files.list(directory)) {
            return new Rendering(files.filter(file -> file.toString().matches(".*\\.ya?ml"))
                            .flatMap(file -> Helm.documents(Helm.text(file)).stream())
                            .toList())
                    .crds();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
