package dev.heddle.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.core.migration.MigrationPhase;
import dev.heddle.core.migration.MigrationPlan;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressJsonTest {
    private static final String OBJECTS =
            "{\"total\": 10, \"done\": 5, \"written\": 5, \"resent\": 0, \"kept\": 0, \"bytes\": 9}";

    private static ConfigMap map(String progress) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace("shop")
                .withName("move-progress")
                .withResourceVersion("7")
                .endMetadata()
                .withData(Map.of(ProgressJson.KEY, progress, "checkpoint", "large"))
                .build();
    }

    private static String json(String phase, String objects) {
        return """
                {"id": "u-1", "phase": %s, "updated": 1, "collections": 2, "tenants": 0, "objects": %s,
                 "objectsPerSecond": 2.5, "secondsLeft": 2, "message": "Article", "freezeWanted": false, "later": {"a": 1}}""".formatted(phase, objects);
    }

    @Test
    void takesAHalfForNothing() {
        assertThat(ProgressJson.read(map(json("null", OBJECTS)))).isEmpty();
        assertThat(ProgressJson.read(map(json("\"COPYING\"", "null")))).isEmpty();
    }

    @Test
    void readsWhatTheCommandWritesAndWhatALaterOneAdds() {
        var progress = ProgressJson.read(map(json("\"COPYING\"", OBJECTS)));

        assertThat(progress).hasValueSatisfying(read -> {
            assertThat(read.phase()).isEqualTo(MigrationPhase.COPYING);
            assertThat(read.percent()).isEqualTo(50);
            assertThat(read.outcome()).isNull();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{\"phase\": \"FLYING\"}", "{\"objects\": 7}"})
    void takesWhatItCannotReadForNothing(String text) {
        assertThat(ProgressJson.read(map(text))).isEmpty();
    }

    @Test
    void keepsNoCheckpointInMemory() {
        var slim = ProgressJson.slim(map("{}"));

        assertThat(slim.getData()).containsOnlyKeys(ProgressJson.KEY);
        assertThat(slim.getMetadata().getResourceVersion()).isEqualTo("7");
        assertThat(ProgressJson.slim(new ConfigMap()).getData()).isNullOrEmpty();
    }

    @Test
    void writesAPlanThatNamesFilesAndNoKeys() {
        var side = new MigrationPlan.Side(
                "https://a:443",
                MigrationPlan.Transport.GRPC,
                "https://a:50051",
                "/etc/heddle/source/api-key",
                "",
                false);
        var plan = new MigrationPlan("u-1", side, side, null, null, List.of("A"), List.of(), null, 1700000000, false);

        var json = Serialization.unmarshal(ProgressJson.plan(plan), JsonNode.class);

        assertThat(json.at("/source/apiKeyFile").asText()).isEqualTo("/etc/heddle/source/api-key");
        assertThat(json.at("/source/type").asText()).isEqualTo("GRPC");
        assertThat(json.at("/mode").asText()).isEqualTo("COPY");
        assertThat(json.at("/deadline").asLong()).isEqualTo(1700000000);
        assertThat(json.at("/include/0").asText()).isEqualTo("A");
    }
}
