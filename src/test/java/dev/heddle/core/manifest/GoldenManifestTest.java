package dev.heddle.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.ClusterPlanner;
import dev.heddle.core.cluster.ClusterPlanner.Outcome;
import dev.heddle.core.status.ClusterHealth;
import dev.heddle.core.status.ClusterStatusBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the operator writes, whole files: a folder per case with {@code in-*.yaml} and one {@code out-<Kind>-<name>.yaml}
 * for each child, and the status. After a wanted change: {@code mvn test -Dtest=GoldenManifestTest -Dgolden.update=true},
 * then read the diff.
 */
class GoldenManifestTest {
    private static final Path ROOT = Path.of("src", "test", "resources", "golden");
    private static final boolean UPDATE = Boolean.getBoolean("golden.update");

    static Stream<String> cases() throws IOException {
        try (var folders = Files.list(ROOT)) {
            return folders
                    .filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void writesExactlyTheGoldenFiles(String name) throws IOException {
        var golden = GoldenCase.read(ROOT.resolve(name));
        var wanted = new TreeMap<String, String>();
        var status = new ClusterStatusBuilder(golden.cluster(), GoldenCase.NOW);
        switch (ClusterPlanner.plan(golden.cluster(), golden.observation(), golden.settings())) {
            case Outcome.Invalid invalid ->
                wanted.put(
                        statusFile(golden),
                        CanonicalYaml.of(status.invalid(
                                invalid.findings(),
                                golden.observation(),
                                ClusterHealth.observed(golden.cluster(), golden.observation()),
                                false)));
            case Outcome.Planned planned -> {
                var plan = planned.plan();
                AllManifests.of(plan).forEach(child -> wanted.put(file(child), CanonicalYaml.of(child)));
                var health = ClusterHealth.of(plan, golden.observation());
                wanted.put(statusFile(golden), CanonicalYaml.of(status.planned(plan, golden.observation(), health)));
                assertSound(plan);
            }
        }
        if (UPDATE) {
            rewrite(golden.folder(), wanted);
        }
        assertSameFiles(golden.folder(), wanted);
    }

    /** A golden file shows that nothing changed; this, that it was right. */
    private static void assertSound(ClusterPlan plan) {
        SoundManifests.check(AllManifests.of(plan));
    }

    private static String file(HasMetadata child) {
        return "out-%s-%s.yaml".formatted(child.getKind(), child.getMetadata().getName());
    }

    private static String statusFile(GoldenCase golden) {
        return "out-Status-%s.yaml".formatted(golden.cluster().getMetadata().getName());
    }

    private static TreeSet<String> present(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.startsWith("out-"))
                    .collect(TreeSet::new, TreeSet::add, TreeSet::addAll);
        }
    }

    private static void assertSameFiles(Path folder, Map<String, String> wanted) throws IOException {
        assertThat(present(folder))
                .as("files in %s: each child needs one, and each one a child (-Dgolden.update=true rewrites)", folder)
                .containsExactlyElementsOf(wanted.keySet());
        wanted.forEach((file, content) -> assertThat(folder.resolve(file))
                .as("%s/%s", folder.getFileName(), file)
                .hasContent(content));
    }

    private static void rewrite(Path folder, Map<String, String> wanted) throws IOException {
        for (var stale : present(folder)) {
            Files.delete(folder.resolve(stale));
        }
        wanted.forEach((file, content) -> {
            try {
                Files.writeString(folder.resolve(file), content);
            } catch (IOException problem) {
                throw new UncheckedIOException(problem);
            }
        });
    }
}
