package dev.heddle.core.migrationjob;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator.Feature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.heddle.api.cloud.v1alpha1.Migration;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The children of a migration, whole files; {@code -Dgolden.update=true} rewrites them. */
class MigrationManifestsTest {
    private static final Path FOLDER = Path.of("src", "test", "resources", "migrationjob");
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(Feature.INDENT_ARRAYS_WITH_INDICATOR, Feature.MINIMIZE_QUOTES)
            .disable(Feature.SPLIT_LINES)
            .build();

    private static MigrationJob job(Migration migration) {
        return MigrationJob.of(
                migration, Migrations.sides(migration), Migrations.fresh().begun(Migrations.NOW), Migrations.IMAGE);
    }

    private static Migration read(String name) throws Exception {
        var migration =
                Serialization.unmarshal(Files.readString(FOLDER.resolve("in-" + name + ".yaml")), Migration.class);
        migration.getMetadata().setUid("u-1");
        return migration;
    }

    @ParameterizedTest
    @ValueSource(strings = {"sample", "clusters"})
    void madeAsExpected(String name) throws Exception {
        var job = job(read(name));
        var objects =
                new ArrayList<HasMetadata>(MigrationManifests.surroundings(job, Serialization.asJson(job.plan())));
        objects.add(MigrationManifests.job(job));
        var text = new StringBuilder();
        for (var object : objects) {
            text.append(YAML.writeValueAsString(Serialization.jsonMapper().convertValue(object, Map.class)));
        }

        var file = FOLDER.resolve("out-" + name + ".yaml");
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, text);
        }

        assertThat(text.toString()).isEqualTo(Files.readString(file));
    }

    @Test
    void grantsTheJobItsProgressAndNothingElse() throws Exception {
        var job = job(read("clusters"));

        var role = MigrationManifests.surroundings(job, "{}").stream()
                .filter(Role.class::isInstance)
                .map(Role.class::cast)
                .findFirst()
                .orElseThrow();

        assertThat(role.getRules()).singleElement().satisfies(rule -> {
            assertThat(rule.getResources()).containsExactly("configmaps");
            assertThat(rule.getResourceNames()).containsExactly("move-progress");
            assertThat(rule.getVerbs()).containsExactlyInAnyOrder("get", "patch");
        });
    }

    @Test
    void theDigestFollowsTheSpecAndNotTheImage() {
        var one = job(Migrations.of(Migrations.CLUSTERS));
        var other = new JobImage(Optional.of("other"), Optional.empty(), List.of());

        assertThat(new MigrationJob(one.migration(), one.sides(), one.plan(), other, one.limit()).digest())
                .isEqualTo(one.digest());
        assertThat(job(Migrations.of(Migrations.CLUSTERS + "  rateLimit: 7")).digest())
                .isNotEqualTo(one.digest());
        assertThat(job(Migrations.of(Migrations.CLUSTERS + "  timeout: 7h")).digest())
                .isNotEqualTo(one.digest());
        assertThat(job(Migrations.of(Migrations.CLUSTERS + "  resources: {limits: {memory: 1Gi}}"))
                        .digest())
                .isNotEqualTo(one.digest());
        assertThat(job(Migrations.of(Migrations.CLUSTERS)).digest()).isEqualTo(one.digest());
    }
}
