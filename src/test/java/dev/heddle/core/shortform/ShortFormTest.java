package dev.heddle.core.shortform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.Cluster;
import dev.heddle.api.cloud.v1alpha1.ClusterStatus;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The WeaviateCluster of a Cluster, whole files; {@code -Dgolden.update=true} rewrites them. */
class ShortFormTest {
    private static final Path ROOT = Path.of("src", "test", "resources", "shortform");

    @ParameterizedTest
    @ValueSource(strings = {"sample", "exact", "full", "pinned"})
    void writesExactlyTheGoldenFile(String name) throws IOException {
        var cluster = read(name);
        var status = Optional.ofNullable(cluster.getStatus());

        var child = ShortForm.of(
                cluster,
                "1.35.2",
                status.map(ClusterStatus::images).orElse(List.of()),
                status.map(ClusterStatus::adopted));

        var file = ROOT.resolve(name).resolve("out-weaviatecluster.yaml");
        var written = Serialization.asYaml(child);
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(file, written);
        }
        assertThat(file).hasContent(written);
    }

    @Test
    void wakesAnAdoptedOneThatIsNotGivenBackAfterAll() throws IOException {
        var child = ShortForm.of(read("exact"), "1.35.2", List.of(), Optional.of("weaviate"));

        assertThat(child.getSpec().suspend()).isFalse();
    }

    @Test
    void missesTheStorageOfTheBackupModule() throws IOException {
        assertThat(ShortForm.backupWithoutStorage(read("sample").getSpec())).isTrue();
        assertThat(ShortForm.backupWithoutStorage(read("full").getSpec())).isFalse();
        assertThat(ShortForm.backupWithoutStorage(read("exact").getSpec())).isFalse();
        assertThat(ShortForm.backupWithoutStorage(read("pinned").getSpec())).isFalse();
    }

    private static Cluster read(String name) throws IOException {
        return Serialization.unmarshal(Files.readString(ROOT.resolve(name).resolve("in-cluster.yaml")), Cluster.class);
    }
}
