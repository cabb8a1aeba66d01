package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The operator, installed with helm for one class of journeys. Classes run beside each other, each with an operator of
 * its own that sees only the namespaces of its class.
 */
final class OperatorUnderTest implements AutoCloseable {
    private static final Path CHART = Path.of("charts", "heddle");
    private static final Path CRDS = CHART.resolve(Path.of("files", "crds"));

    /** The release, its namespace and its Deployment. */
    private final String name;

    private final KubernetesClient client = new KubernetesClientBuilder().build();
    /** Logs of the operator's pods by uid, also of those that are gone. */
    private final Map<String, String> logs = new ConcurrentHashMap<>();

    private OperatorUnderTest(String name) {
        this.name = name;
    }

    /** @param watched the only namespaces that it sees; empty for all */
    static OperatorUnderTest install(String name, List<String> watched) {
        var operator = new OperatorUnderTest(name);
        operator.crds();
        var image = System.getenv("HEDDLE_IMAGE");
        assertThat(image).as("HEDDLE_IMAGE, as local/test sets it").isNotBlank();
        int colon = image.lastIndexOf(':');
        var command = new ArrayList<>(List.of("helm", "upgrade", "--install", name, CHART.toString()));
        command.addAll(List.of("--namespace", name, "--create-namespace", "--wait", "--timeout", "120s"));
        command.addAll(List.of("--set", "image.repository=" + image.substring(0, colon)));
        command.addAll(List.of("--set-string", "image.tag=" + image.substring(colon + 1)));
        command.addAll(List.of("--set", "crds.create=false", "--set", "logging.json=false"));
        command.addAll(List.of("--set", "fullnameOverride=" + name));
        if (onJvm()) {
            command.addAll(List.of("--set", "resources.limits.memory=640Mi"));
        }
        if (!watched.isEmpty()) {
            // Not watchNamespaces, which would take away the right to read nodes.
            command.addAll(List.of(
                    "--set",
                    "extraEnv[0].name=QUARKUS_OPERATOR_SDK_NAMESPACES",
                    "--set",
                    "extraEnv[0].value=" + String.join("\\,", watched)));
            command.addAll(List.of("--set", "extraEnv[1].name=HEDDLE_CLUSTER_WIDE"));
            command.addAll(List.of("--set-string", "extraEnv[1].value=true"));
        }
        Command.run(command.toArray(String[]::new));
        return operator;
    }

    KubernetesClient client() {
        return client;
    }

    /** Everything that the operator has logged since it was installed. */
    String log() {
        pods().forEach(this::keepLog);
        return String.join("\n", logs.values());
    }

    /** Log lines of level WARN and above that came after {@code before}, a former {@link #log()}. */
    List<String> complaints(String before) {
        var known = before.lines().collect(Collectors.toSet());
        return log().lines()
                .filter(line -> line.matches("\\S+ \\S+ +(WARN|ERROR|FATAL) .*"))
                .filter(line -> !known.contains(line))
                .toList();
    }

    /** Sets variables ({@code NAME=value}) or removes them ({@code NAME-}), and waits for the operator that has them. */
    void environment(String... variables) {
        var command = new ArrayList<>(List.of("kubectl", "-n", name, "set", "env", "deployment/" + name));
        command.addAll(List.of(variables));
        Command.run(command.toArray(String[]::new));
        Command.run("kubectl", "-n", name, "rollout", "status", "deployment/" + name, "--timeout=90s");
    }

    /** Kills the operator's process as a crash would; the Deployment starts another one. */
    void kill() {
        pods().forEach(pod -> {
            keepLog(pod);
            client.resource(pod).withGracePeriod(0).delete();
        });
    }

    /** Stops the operator and waits until it is gone. */
    void stop() {
        pods().forEach(this::keepLog);
        scale(0);
        await("the operator's pods are gone").atMost(Duration.ofSeconds(60)).until(() -> pods().isEmpty());
    }

    /** Starts the operator and waits until it is ready; it may still be waiting for its lease. */
    void start() {
        scale(1);
        awaitReady();
    }

    void awaitReady() {
        await("the operator is ready")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(200))
                .until(() -> pods().stream().anyMatch(Kubernetes::ready));
    }

    private void scale(int replicas) {
        client.apps().deployments().inNamespace(name).withName(name).scale(replicas);
    }

    private List<Pod> pods() {
        return client.pods()
                .inNamespace(name)
                .withLabel("app.kubernetes.io/component", "operator")
                .list()
                .getItems();
    }

    private void keepLog(Pod pod) {
        try {
            logs.put(
                    pod.getMetadata().getUid(),
                    client.pods()
                            .inNamespace(name)
                            .withName(pod.getMetadata().getName())
                            .getLog());
        } catch (KubernetesClientException notStarted) {
            logs.putIfAbsent(pod.getMetadata().getUid(), "");
        }
    }

    /** The generated ones; they stay, because others may be at work with them. */
    private void crds() {
        assertThat(CRDS).as("the chart's CRDs, which `make generate` writes").isNotEmptyDirectory();
        try (Stream<Path> files = Files.list(CRDS)) {
            for (Path file : files.sorted().toList()) {
                var crd = client.load(Files.newInputStream(file)).items().getFirst();
                client.resource(crd).forceConflicts().serverSideApply();
                await(crd.getMetadata().getName())
                        .atMost(Duration.ofSeconds(20))
                        .until(() ->
                                Kubernetes.established(client, crd.getMetadata().getName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The JVM needs more memory than the chart gives to the native binary. */
    private static boolean onJvm() {
        var used = Path.of("target", "heddle-image.tar");
        var jvm = Path.of("target", "image", "jvm.tar");
        try {
            return Files.exists(used) && Files.exists(jvm) && Files.isSameFile(used, jvm);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        Command.run("helm", "uninstall", name, "--namespace", name, "--wait", "--timeout", "60s");
        Kubernetes.deleteNamespace(client, name);
        client.close();
    }
}
