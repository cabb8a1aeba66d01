package dev.heddle.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanPropertyWriter;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ForgottenMembersTest {
    private final List<AnnotatedClass> types = new ArrayList<>();
    private final ObjectMapper mapper = new ObjectMapper();

    ForgottenMembersTest() {
        new KubernetesSerialization(mapper, true);
        mapper.registerModule(new SimpleModule("watch").setSerializerModifier(new BeanSerializerModifier() {
            private static final long serialVersionUID = 1;

            @Override
            public List<BeanPropertyWriter> orderProperties(
                    SerializationConfig config, BeanDescription description, List<BeanPropertyWriter> properties) {
                types.add(description.getClassInfo());
                return properties;
            }
        }));
        new ForgottenMembers().customize(mapper);
    }

    @Test
    void keepsNoMethodsAndFindsThemAgain() throws Exception {
        var map = new ConfigMapBuilder()
                .withNewMetadata()
                .withName("a")
                .endMetadata()
                .withData(Map.of("x", "y"))
                .build();
        for (var round = 0; round < 2; round++) {
            assertThat(mapper.readValue(mapper.writeValueAsString(map), ConfigMap.class))
                    .isEqualTo(map);
        }
        assertThat(types).isNotEmpty().allSatisfy(type -> {
            assertThat(type).hasFieldOrPropertyWithValue("_memberMethods", null);
            assertThat(type.getMemberMethodCount()).isPositive();
            assertThat(type.getFieldCount()).isPositive();
        });
    }
}
