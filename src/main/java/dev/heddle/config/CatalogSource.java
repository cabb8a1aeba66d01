package dev.heddle.config;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.heddle.core.cluster.Catalog;
import dev.heddle.core.common.Version;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/**
 * Reads weaviate-versions.yaml, the one source of supported versions and modules: the one in the program, and over it
 * a file, which is a mounted ConfigMap. What stands in the file replaces the whole block of that name.
 */
@RegisterForReflection(targets = {Catalog.class, Catalog.Inference.class})
public final class CatalogSource {
    private static final Logger LOG = Logger.getLogger(CatalogSource.class);
    private static final String RESOURCE = "/weaviate-versions.yaml";
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
    private static final ObjectMapper STRICT =
            Serialization.jsonMapper().copy().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
    /** Kubelet itself brings a changed ConfigMap within a minute. */
    private static final Duration LOOK = Duration.ofSeconds(10);

    private final Optional<Path> file;
    private final Clock clock;
    private final Map<String, Object> builtIn = tree();
    private Catalog current = read();
    private Instant looked = Instant.MIN;
    private String seen = "";

    /** @param file empty for the built-in catalog alone */
    public CatalogSource(Optional<Path> file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** The built-in one. @throws IllegalStateException when it is not on the class path, which is a build error */
    public static Catalog read() {
        return checked(STRICT.convertValue(tree(), Catalog.class));
    }

    /** With the file over it as it is now; a file that does not fit is logged, and the built-in catalog holds. */
    public synchronized Catalog current() {
        var now = clock.instant();
        if (file.isPresent() && !looked.plus(LOOK).isAfter(now)) {
            looked = now;
            look(file.get());
        }
        return current;
    }

    private void look(Path path) {
        try {
            var text = Files.exists(path) ? Files.readString(path) : "";
            if (text.equals(seen)) {
                return;
            }
            seen = text;
            current = over(text);
            LOG.infof(
                    "Catalog %s: %d releases of Weaviate",
                    path, current.releases().size());
        } catch (IOException | IllegalArgumentException unfit) {
            current = read();
            // What comes after the first line names the parser's classes.
            var words = String.valueOf(unfit.getMessage()).lines().findFirst().orElse("");
            LOG.warnf("Catalog %s is not used, the built-in one holds: %s", path, words);
        }
    }

    private Catalog over(String text) {
        var tree = new TreeMap<>(builtIn);
        if (!text.isBlank()) {
            tree.putAll(parsed(text));
        }
        return checked(STRICT.convertValue(tree, Catalog.class));
    }

    private static Map<String, Object> parsed(String text) {
        try {
            return STRICT.convertValue(Serialization.unmarshal(text, Object.class), TREE);
        } catch (RuntimeException unreadable) {
            throw new IllegalArgumentException("not a YAML mapping: " + unreadable.getMessage(), unreadable);
        }
    }

    private static Catalog checked(Catalog catalog) {
        if (catalog.repository() == null || catalog.repository().isBlank()) {
            throw new IllegalArgumentException("repository is missing");
        }
        if (catalog.features() == null || catalog.api() == null || catalog.inference() == null) {
            throw new IllegalArgumentException("features, api and inference have to be there");
        }
        version("minimum", catalog.minimum());
        catalog.features().values().forEach(version -> version("features", version));
        if (catalog.releases() == null || catalog.releases().isEmpty()) {
            throw new IllegalArgumentException("releases is empty");
        }
        catalog.releases().forEach(release -> version("releases", release));
        return catalog;
    }

    private static void version(String field, String version) {
        if (Version.parse(version).isEmpty()) {
            throw new IllegalArgumentException("%s: %s is not a version of the form x.y.z".formatted(field, version));
        }
    }

    private static Map<String, Object> tree() {
        try (var stream = CatalogSource.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return STRICT.convertValue(Serialization.unmarshal(stream, Object.class), TREE);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
