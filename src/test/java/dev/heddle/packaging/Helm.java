package dev.heddle.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The {@code helm} of the PATH, run on one chart; offline, and for a fixed Kubernetes version. */
record Helm(Path chart, String release) {
    static final Path CHART = Path.of("charts", "heddle");
    static final String[] TWO_NAMESPACES = {"--set", "watchNamespaces={team-a,team-b}"};
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final String KUBERNETES = "1.34.0";

    Helm(Path chart) {
        this(chart, "loom");
    }

    /** What came out of one run. */
    record Outcome(int exitCode, String output) {}

    Outcome lint() {
        return run(List.of("lint", "--strict", "--kube-version", KUBERNETES, chart.toString()));
    }

    /** Renders for the release in namespace {@code heddle-system}. */
    Outcome template(String... arguments) {
        var command = new ArrayList<>(List.of(
                "template", release, chart.toString(), "--namespace", "heddle-system", "--kube-version", KUBERNETES));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** A rendering that must succeed. */
    Rendering render(String... arguments) {
        var outcome = template(arguments);
        assertThat(outcome.exitCode()).as(outcome.output()).isZero();
        return new Rendering(documents(outcome.output()));
    }

    static List<JsonNode> documents(String yaml) {
        try (var values = YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml)) {
            return values.readAll().stream().filter(JsonNode::isObject).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(yaml, e);
        }
    }

    static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A copy of the chart that a test may change. */
    Helm copyTo(Path target) {
        try (Stream<Path> files = Files.walk(chart)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = target.resolve(chart.relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Helm(target, release);
    }

    private static Outcome run(List<String> arguments) {
        var command = new ArrayList<>(List.of("helm"));
        command.addAll(arguments);
        try {
            var process = new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Outcome(process.waitFor(), output);
        } catch (IOException e) {
            throw new AssertionError("these tests need helm on the PATH: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while helm ran", e);
        }
    }
}
