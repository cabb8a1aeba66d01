package dev.heddle.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.fabric8.kubernetes.api.model.ConfigMap;
import org.junit.jupiter.api.Test;

class SharedTextTest {
    private final ObjectMapper mapper = new ObjectMapper();

    SharedTextTest() {
        new SharedText().customize(mapper);
    }

    @Test
    void keepsOneCopyOfATextInFieldsAndMaps() throws Exception {
        var one = read("{\"metadata\":{\"namespace\":\"shop\",\"labels\":{\"a\":\"shop\"}}}");
        var other = read("{\"metadata\":{\"namespace\":\"shop\",\"uid\":null},\"data\":{\"b\":\"shop\"}}");
        assertThat(other.getMetadata().getNamespace())
                .isEqualTo("shop")
                .isSameAs(one.getMetadata().getNamespace());
        assertThat(one.getMetadata().getLabels().get("a"))
                .isSameAs(one.getMetadata().getNamespace());
        assertThat(other.getData().get("b")).isSameAs(one.getMetadata().getNamespace());
        assertThat(other.getMetadata().getUid()).isNull();
    }

    @Test
    void readsAsBefore() throws Exception {
        var text = "x".repeat(200);
        var map = read("{\"data\":{\"long\":\"%s\",\"empty\":\"\",\"number\":5,\"none\":null}}".formatted(text));
        assertThat(map.getData())
                .containsEntry("long", text)
                .containsEntry("empty", "")
                .containsEntry("number", "5")
                .containsEntry("none", null);
    }

    private ConfigMap read(String json) throws Exception {
        return mapper.readValue(json, ConfigMap.class);
    }
}
