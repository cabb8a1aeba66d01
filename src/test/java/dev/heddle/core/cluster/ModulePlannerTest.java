package dev.heddle.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.common.Finding;
import dev.heddle.core.gpu.GpuInventory;
import dev.heddle.core.gpu.GpuInventory.GpuNode;
import dev.heddle.core.gpu.GpuPlacement;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModulePlannerTest {
    private final List<Finding> findings = new ArrayList<>();

    private List<ModulePlan> plan(Seen seen) {
        return new ModulePlanner(Samples.NAMES, seen.spec().version(), seen.build(), Samples.SETTINGS, findings::add)
                .plan();
    }

    private List<ModulePlan> plan(String yaml) {
        return plan(new Seen(Samples.spec(yaml)));
    }

    private static Deployment deployment(Integer ready, String product) {
        return new DeploymentBuilder()
                .withNewSpec()
                .withNewTemplate()
                .withNewMetadata()
                .addToAnnotations("heddle.dev/gpu-product", product)
                .endMetadata()
                .endTemplate()
                .endSpec()
                .withNewStatus()
                .withReadyReplicas(ready)
                .endStatus()
                .build();
    }

    @ParameterizedTest
    @CsvSource({
        "1.35.2, text2vec-transformers, true",
        "1.29.0, text2vec-transformers, true",
        "1.28.9, text2vec-transformers, false",
        "1.35.2, text2vec-model2vec, true",
        "1.35.1, text2vec-model2vec, false",
        "1.38.2, img2vec-neural, false",
        "1.38.2, multi2vec-bind, false",
        "1.38.2, text-spellcheck, false",
    })
    void waitsWhereWeaviateCannotStartWithout(String version, String module, boolean active) {
        var plans = plan("version: %s\nmodules: [{name: %s}]".formatted(version, module));

        assertThat(plans).singleElement().extracting(ModulePlan::active).isEqualTo(active);
        assertThat(plans.getFirst().env().stream()
                        .map(EnvVar::getName)
                        .anyMatch(name -> name.endsWith("_WAIT_FOR_STARTUP")))
                .isEqualTo(active);
        assertThat(Samples.reasons(findings).contains("WaitingForModule")).isEqualTo(!active);
    }

    @Test
    void switchesOnWhatServes() {
        var spec = Samples.spec("modules: [{name: img2vec-neural}]");

        assertThat(plan(new Seen(spec).with("img2vec-neural", deployment(null, "")))
                        .getFirst()
                        .active())
                .isFalse();
        assertThat(plan(new Seen(spec).with("img2vec-neural", deployment(0, "")))
                        .getFirst()
                        .active())
                .isFalse();
        assertThat(plan(new Seen(spec).with("img2vec-neural", deployment(1, "")))
                        .getFirst()
                        .active())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({"'text2vec-openai,img2vec-neural', true", "img2vec-neural-x, false", "'', false"})
    void doesNotSwitchOffAgainWhatServedOnce(String enabled, boolean active) {
        var set = new StatefulSetBuilder()
                .withNewSpec()
                .withNewTemplate()
                .withNewSpec()
                .addNewContainer()
                .withEnv(Env.of("OTHER", "x"), Env.of("ENABLE_MODULES", enabled))
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();

        assertThat(plan(new Seen(Samples.spec("modules: [{name: img2vec-neural}]")).with(set))
                        .getFirst()
                        .active())
                .isEqualTo(active);
    }

    @Test
    void leavesOutWhatIsOffOrUnknown() {
        assertThat(
                        plan(
                                "modules: [{name: text2vec-openai, enabled: false}, {name: text2vec-nonsense}, {name: text2vec-cohere, enabled: true}]"))
                .extracting(ModulePlan::name)
                .containsExactly("text2vec-cohere");
        assertThat(Samples.reasons(findings)).containsExactly("UnknownModule");
    }

    @Test
    void translatesSettings() {
        var seen = new Seen(Samples.spec("""
                        modules:
                          - name: text2vec-openai
                            config:
                              apiKey: {secretKeyRef: {name: there, key: key}}
                              organization: {value: acme}
                              OPENAI_EXTRA: {value: x}
                              unknown: {value: y}
                              azureApiKey: {secretKeyRef: {name: missing, key: key}}""")).with(Samples.secret("there", Map.of("key", "value")));

        assertThat(plan(seen).getFirst().env())
                .extracting(EnvVar::getName)
                .containsExactlyInAnyOrder("OPENAI_APIKEY", "OPENAI_ORGANIZATION", "OPENAI_EXTRA", "AZURE_APIKEY");
        assertThat(Samples.reasons(findings)).containsExactlyInAnyOrder("UnknownSetting", "SecretNotFound");
    }

    @Test
    void setsMemoryAlikeAndLetsRequestsAndLimitsWin() {
        var inference =
                plan("modules: [{name: text2vec-transformers, replicas: 3, image: own:1, resources: {memory: 4Gi, cpu: '2', limits: {memory: 6Gi}}}]")
                        .getFirst()
                        .inference()
                        .orElseThrow();

        assertThat(inference.replicas()).isEqualTo(3);
        assertThat(inference.image()).isEqualTo("own:1");
        assertThat(inference.resources().getRequests())
                .isEqualTo(Map.of("memory", new Quantity("4Gi"), "cpu", new Quantity("2")));
        assertThat(inference.resources().getLimits()).isEqualTo(Map.of("memory", new Quantity("6Gi")));
    }

    private static final GpuInventory ONE_T4 =
            new GpuInventory(List.of(new GpuNode("n", "nvidia.com/gpu", 1, 1, "T4", 16L << 30, Map.of())));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "modules: [{name: text2vec-transformers, gpu: {}}]                                  | PoolChosen",
                "modules: [{name: text2vec-transformers}]                                           | ",
                "modules: [{name: text2vec-transformers, gpu: {count: 2}}]                          | NoNodeFits",
                "modules: [{name: text2vec-transformers, gpu: {count: 2, allowCpuFallback: true}}]  | CpuFallback",
                "modules: [{name: text2vec-gpt4all, gpu: {}}]                                       | ModuleWithoutGpu",
                "gpu: {}                                                                            | NoGpuWorkload",
            })
    void saysWhatBecomesOfGpuRequests(String yaml, String reason) {
        plan(new Seen(Samples.spec(yaml)).with(ONE_T4));

        assertThat(Samples.reasons(findings)).isEqualTo(reason == null ? List.of() : List.of(reason));
    }

    @Test
    void givesTheClustersGpuRequestToModulesThatCanUseIt() {
        var plans = plan(new Seen(Samples.spec("""
                        gpu: {count: 1}
                        modules: [{name: text2vec-transformers}, {name: text2vec-model2vec}, {name: text2vec-openai}]""")).with(ONE_T4));

        assertThat(plans.stream().filter(module -> module.inference()
                        .flatMap(ModulePlan.Inference::gpu)
                        .isPresent()))
                .extracting(ModulePlan::name)
                .containsExactly("text2vec-transformers");
    }

    @Test
    void staysOnTheProductThatItHas() {
        var inventory = new GpuInventory(List.of(
                ONE_T4.nodes().getFirst(), new GpuNode("m", "nvidia.com/gpu", 1, 1, "A10", 24L << 30, Map.of())));
        var spec = Samples.spec("modules: [{name: text2vec-transformers, gpu: {}}]");

        var plans = plan(new Seen(spec).with(inventory).with("text2vec-transformers", deployment(1, "A10")));

        assertThat(plans.getFirst().inference().orElseThrow().gpu())
                .hasValueSatisfying(placement ->
                        assertThat(((GpuPlacement.OnPool) placement).product()).isEqualTo("A10"));
    }

    @Test
    void saysWhenNodesCannotBeRead() {
        plan("modules: [{name: text2vec-transformers, gpu: {}}]");

        assertThat(Samples.reasons(findings)).containsExactly("NodesNotReadable");
    }
}
