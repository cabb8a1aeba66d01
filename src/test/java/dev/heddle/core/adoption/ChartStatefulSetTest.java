package dev.heddle.core.adoption;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChartStatefulSetTest {
    private static final String MINIMUM = "1.25.0";

    @Test
    void takesWhatTheChartMade() {
        assertThat(ChartStatefulSet.check(List.of(Chart.statefulSet()), MINIMUM))
                .isEqualTo(new Adoption.Adopted("weaviate", java.util.Optional.of("1.35.2")));
    }

    @Test
    void makesANewClusterWhereNothingMatches() {
        assertThat(ChartStatefulSet.check(List.of(), MINIMUM)).isEqualTo(new Adoption.None(true));
    }

    @Test
    void choosesNobody() {
        var other = new StatefulSetBuilder(Chart.statefulSet())
                .editMetadata()
                .withName("other")
                .endMetadata()
                .build();

        assertThat(ChartStatefulSet.check(List.of(Chart.statefulSet(), other), MINIMUM))
                .isInstanceOfSatisfying(Adoption.Refused.class, refused -> assertThat(refused.message())
                        .contains("[other, weaviate]"));
    }

    record Odd(String field, StatefulSet set) {}

    static Stream<Odd> odd() {
        return Stream.of(
                new Odd(
                        "metadata.ownerReferences",
                        edit().editMetadata()
                                .addNewOwnerReference()
                                .withController(true)
                                .withUid("1")
                                .endOwnerReference()
                                .endMetadata()
                                .build()),
                new Odd(
                        "containers",
                        edit().editSpec()
                                .editTemplate()
                                .editSpec()
                                .editFirstContainer()
                                .withName("db")
                                .endContainer()
                                .endSpec()
                                .endTemplate()
                                .endSpec()
                                .build()),
                new Odd("image", image("example.com/weaviate:latest")),
                new Odd("image", image("example.com/weaviate@sha256:" + "a".repeat(64))),
                new Odd("image", image("example.com/weaviate:1.24.9")),
                new Odd("image", image("example.com/weaviate:1.36.0-rc.0")),
                new Odd(
                        "spec.podManagementPolicy",
                        edit().editSpec()
                                .withPodManagementPolicy("OrderedReady")
                                .endSpec()
                                .build()),
                new Odd(
                        "spec.serviceName",
                        edit().editSpec().withServiceName("").endSpec().build()),
                new Odd(
                        "spec.replicas",
                        edit().editSpec().withReplicas(0).endSpec().build()),
                new Odd(
                        "spec.volumeClaimTemplates",
                        edit().editSpec().withVolumeClaimTemplates().endSpec().build()));
    }

    @ParameterizedTest
    @MethodSource("odd")
    void namesTheFieldThatKeepsItFromBeingTakenOver(Odd odd) {
        assertThat(ChartStatefulSet.check(List.of(odd.set()), MINIMUM))
                .isInstanceOfSatisfying(Adoption.Refused.class, refused -> assertThat(refused.message())
                        .contains("StatefulSet weaviate", odd.field()));
    }

    @ParameterizedTest
    @CsvSource({
        "weaviate:1.35.2, 1.35.2",
        "registry:5000/a/weaviate:v1.35.2, 1.35.2",
        "registry:5000/a/weaviate:1.35.2@sha256:abc, 1.35.2",
        "registry:5000/a/weaviate,",
    })
    void readsTheVersionOfAnImage(String image, String version) {
        assertThat(ChartStatefulSet.version(image(image)).orElse(null)).isEqualTo(version);
    }

    private static StatefulSetBuilder edit() {
        return new StatefulSetBuilder(Chart.statefulSet());
    }

    private static StatefulSet image(String image) {
        return edit().editSpec()
                .editTemplate()
                .editSpec()
                .editFirstContainer()
                .withImage(image)
                .endContainer()
                .endSpec()
                .endTemplate()
                .endSpec()
                .build();
    }
}
