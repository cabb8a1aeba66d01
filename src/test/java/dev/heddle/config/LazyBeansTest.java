package dev.heddle.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetList;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LazyBeansTest {
    private static final String SET = """
            {"metadata":{"name":"a","labels":{"x":"y"}},"spec":{"replicas":3,"serviceName":"s","template":{"spec":{
              "containers":[{"name":"c","image":"i","new":{"deep":[1,2]},
                "resources":{"limits":{"memory":"1Gi"}},"env":[{"name":"E","valueFrom":{"fieldRef":{"fieldPath":"metadata.name"}}}],
                "livenessProbe":{"httpGet":{"path":"/","port":"http"}}}]}}}}""";

    private final Set<Class<?>> prepared = ConcurrentHashMap.newKeySet();
    private final ObjectMapper mapper = mapper(true);

    private ObjectMapper mapper(boolean lazy) {
        var made = new ObjectMapper();
        new KubernetesSerialization(made, true);
        if (lazy) {
            new LazyBeans().customize(made);
            new ForgottenMembers().customize(made);
            made.registerModule(new SimpleModule("watch").setDeserializerModifier(new BeanDeserializerModifier() {
                private static final long serialVersionUID = 1;

                @Override
                public JsonDeserializer<?> modifyDeserializer(
                        DeserializationConfig config, BeanDescription description, JsonDeserializer<?> reader) {
                    prepared.add(description.getBeanClass());
                    return reader;
                }
            }));
        }
        return made;
    }

    @Test
    void preparesOnlyWhatComes() throws Exception {
        assertThat(mapper.readValue("{\"items\":[],\"metadata\":{\"resourceVersion\":\"7\"}}", StatefulSetList.class)
                        .getMetadata()
                        .getResourceVersion())
                .isEqualTo("7");
        assertThat(prepared).contains(StatefulSet.class).doesNotContain(PodSpec.class);

        mapper.readValue(SET, StatefulSet.class);
        assertThat(prepared).contains(PodSpec.class, Volume.class);
    }

    @Test
    void readsWhatItReadBefore() throws Exception {
        assertThat(mapper.readValue(SET, StatefulSet.class))
                .isEqualTo(mapper(false).readValue(SET, StatefulSet.class))
                .satisfies(set -> {
                    var container = set.getSpec()
                            .getTemplate()
                            .getSpec()
                            .getContainers()
                            .getFirst();
                    assertThat(container.getAdditionalProperties()).containsKey("new");
                    assertThat(container.getResources().getLimits()).containsEntry("memory", new Quantity("1Gi"));
                });
        for (var crd : Files.list(Path.of("charts/heddle/files/crds")).toList()) {
            var tree = new KubernetesSerialization().unmarshal(Files.readString(crd), CustomResourceDefinition.class);
            var json = mapper.writeValueAsString(tree);
            assertThat(mapper.readValue(json, CustomResourceDefinition.class)).isEqualTo(tree);
        }
    }

    @Test
    void readsOurOwnKindsInto() throws Exception {
        var json =
                "{\"metadata\":{\"name\":\"a\"},\"spec\":{\"version\":\"1.36.0\",\"replicas\":3,\"storage\":{\"size\":\"1Gi\"}}}";
        var read = mapper.readValue(json, WeaviateCluster.class);
        assertThat(read.getSpec())
                .isEqualTo(mapper(false).readValue(json, WeaviateCluster.class).getSpec());
        mapper.readerForUpdating(read).readValue("{\"metadata\":{\"name\":\"b\"}}");
        assertThat(read.getMetadata().getName()).isEqualTo("b");
        assertThat(read.getSpec().replicas()).isEqualTo(3);
    }

    @Test
    void refusesWhatItRefusedBefore() {
        assertThatThrownBy(() -> mapper.readValue("{\"spec\":{\"replicas\":\"many\"}}", WeaviateCluster.class))
                .isInstanceOf(JsonMappingException.class)
                .hasMessageContaining("replicas");
        assertThatThrownBy(() -> mapper.readValue("{\"spec\":[]}", WeaviateCluster.class))
                .isInstanceOf(JsonMappingException.class);
        assertThatThrownBy(() -> mapper.readValue("{\"spec\":{\"replicas\":3", WeaviateCluster.class))
                .isInstanceOf(JsonMappingException.class);
    }

    @Test
    void readsOnManyThreadsFromTheFirstOn() throws Exception {
        var expected = mapper(false).readValue(SET, StatefulSet.class);
        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var round = 0; round < 5; round++) {
                var fresh = mapper(true);
                Callable<StatefulSet> read = () -> fresh.readValue(SET, StatefulSet.class);
                for (var result : threads.invokeAll(
                        IntStream.range(0, 16).mapToObj(index -> read).toList())) {
                    assertThat(result.get()).isEqualTo(expected);
                }
            }
        }
    }
}
