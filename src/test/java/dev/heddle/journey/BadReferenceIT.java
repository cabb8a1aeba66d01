package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Secrets, modules and GPUs that are not there, or not as they should be; and keys that nobody else gets to see. */
@Tag("journey")
class BadReferenceIT {
    private static final String HERE = "journey-reference";
    private static final String WEAVIATE = "cr.weaviate.io/semitechnologies/weaviate:1.35.2";

    @RegisterExtension
    static final Journey JOURNEY = Journey.in(HERE);

    private Subject subject;

    @AfterEach
    void remove() {
        subject.delete();
        subject.awaitGone();
    }

    @Test
    void secretOfAModule() {
        create(
                "module",
                "modules: [{name: text2vec-openai, config: {apiKey: {secretKeyRef: {name: openai, key: api-key}}}}]");
        subject.awaitCondition("ReferencesResolved", "False", "SecretNotFound", "openai", "text2vec-openai");
        subject.awaitReady();
        var former = subject.uids();

        secret("openai", Map.of("other", "sk-other-one"));
        subject.awaitCondition("ReferencesResolved", "False", "SecretKeyNotFound", "openai", "api-key");
        secret("openai", Map.of("api-key", "sk-referenced-one"));
        subject.awaitCondition("ReferencesResolved", "True", "AllFound");
        subject.awaitReadyWithout(former);
        nobodySees("sk-other-one", "sk-referenced-one", subject.secret("api-key"));
    }

    @Test
    void usersOfWeaviate() {
        create("users", "auth: {apiKeys: {secretRef: {name: people}}}");
        subject.awaitCondition("ReferencesResolved", "False", "SecretNotFound", "people");
        subject.awaitReady();
        var former = subject.uids();

        secret("people", Map.of("ann", "ann-key,with-comma"));
        subject.awaitCondition("ReferencesResolved", "False", "InvalidSecret", "people", "ann", "comma");
        assertThat(subject.uids()).isEqualTo(former);
        secret("people", Map.of("ann", "ann-key-1", "bob", "bob-key-2"));
        subject.awaitCondition("ReferencesResolved", "True", "AllFound");
        subject.awaitReadyWithout(former);
        assertThat(subject.weaviate("ann-key-1").status("GET", "/v1/schema")).isEqualTo(200);
        assertThat(subject.weaviate("bob-key-2").status("GET", "/v1/schema")).isEqualTo(200);
        assertThat(subject.weaviate("ann-key").status("GET", "/v1/schema")).isEqualTo(401);
        nobodySees(
                "ann-key",
                "bob-key",
                subject.secret("operator-api-key"),
                subject.secret("reserved-api-key"),
                subject.secret("cluster-password"));
    }

    @Test
    void gpuThatNoNodeHas() {
        create("gpu", module("gpu: {minMemory: 80Gi}"));
        subject.awaitCondition("GpuAvailable", "False", "NoNodeFits", "qna-transformers", "81920 MiB");
        subject.awaitReady();

        subject.change(module("gpu: {minMemory: 20Gi}"));
        subject.awaitCondition("GpuAvailable", "True", "PoolChosen", "NVIDIA-A10G");
        subject.awaitCondition("ModulesReady", "True", "AllReady");
        assertThat(JOURNEY.client()
                        .pods()
                        .inNamespace(HERE)
                        .withLabels(subject.labels("inference"))
                        .list()
                        .getItems())
                .isNotEmpty()
                .allSatisfy(pod -> {
                    assertThat(pod.getSpec().getNodeName()).startsWith("gpu-");
                    assertThat(pod.getSpec()
                                    .getContainers()
                                    .getFirst()
                                    .getResources()
                                    .getLimits())
                            .containsKey("nvidia.com/gpu");
                });
    }

    /** Weaviate's image is none of an inference container: it ends at once. */
    @Test
    void moduleThatCrashes() {
        create("crash", module("image: '%s'".formatted(WEAVIATE)));
        subject.awaitReady();
        var serving = subject.uids();

        subject.awaitCondition("ModulesReady", "False", "CrashLoopBackOff", "qna-transformers", "0 of 1");
        await("Weaviate is not drawn into it")
                .during(Duration.ofSeconds(5))
                .atMost(Duration.ofSeconds(7))
                .until(() -> subject.is("Ready", "True") && subject.uids().equals(serving));
        assertThat(subject.pods()
                        .getFirst()
                        .getStatus()
                        .getContainerStatuses()
                        .getFirst()
                        .getRestartCount())
                .isZero();
        subject.change("modules: null");
        await("no word of modules any more")
                .atMost(Subject.PATIENCE)
                .until(() -> subject.condition("ModulesReady").isEmpty() && subject.is("Ready", "True"));
    }

    /** Neither logs nor events nor anything but Secrets has a key in it. */
    private static void nobodySees(String... keys) {
        var told = Stream.of(
                        JOURNEY.operator().log(),
                        Command.run("kubectl", "-n", HERE, "get", "events", "-o", "yaml"),
                        Command.run(
                                "kubectl",
                                "-n",
                                HERE,
                                "get",
                                "wvc,statefulsets,deployments,services,pods",
                                "-o",
                                "yaml"))
                .toList();
        assertThat(Set.of(keys)).doesNotContain("");
        for (var text : told) {
            for (var key : List.of(keys)) {
                assertThat(text.contains(key)).as("a key is seen").isFalse();
            }
        }
    }

    private static String module(String more) {
        return "modules: [{name: qna-transformers, resources: {cpu: 10m, memory: 64Mi}, %s}]".formatted(more);
    }

    private void create(String name, String more) {
        subject = JOURNEY.cluster(name);
        subject.apply(Subject.small(1, more));
    }

    private static void secret(String name, Map<String, String> data) {
        JOURNEY.client()
                .resource(new SecretBuilder()
                        .withNewMetadata()
                        .withNamespace(HERE)
                        .withName(name)
                        .endMetadata()
                        .withStringData(data)
                        .build())
                .forceConflicts()
                .serverSideApply();
    }
}
