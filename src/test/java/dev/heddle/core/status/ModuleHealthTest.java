package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import io.fabric8.kubernetes.api.model.apps.DeploymentBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModuleHealthTest {

    @ParameterizedTest(name = "{0} of 2 ready")
    @CsvSource({", false", "0, false", "1, false", "2, true", "3, true"})
    void countsContainersThatServe(Integer ready, boolean healthy) {
        var seen = new Seen(Samples.spec("modules: [{name: text2vec-transformers, replicas: 2}]"))
                .with(
                        "text2vec-transformers",
                        new DeploymentBuilder()
                                .withNewSpec()
                                .withNewTemplate()
                                .withNewMetadata()
                                .endMetadata()
                                .endTemplate()
                                .endSpec()
                                .withNewStatus()
                                .withReadyReplicas(ready)
                                .endStatus()
                                .build());

        assertThat(Samples.reasons(ModuleHealth.of(Samples.plan(seen), seen.build())))
                .isEqualTo(healthy ? List.of() : List.of("ModuleStarting"));
    }

    @Test
    void asksNothingOfModulesWithoutAContainer() {
        var seen = new Seen(Samples.spec("modules: [{name: text2vec-openai}]"));

        assertThat(ModuleHealth.of(Samples.plan(seen), seen.build())).isEmpty();
    }
}
