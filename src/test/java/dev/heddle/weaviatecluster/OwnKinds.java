package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Definitions of our own kinds, as the build has generated them. */
final class OwnKinds {
    private static final Path WHERE = Path.of("target/kubernetes");

    private OwnKinds() {}

    /** All of them: an operator does not start where one of its kinds is missing. */
    static List<String> files() {
        try (var files = Files.list(WHERE)) {
            var found = files.map(Path::toString)
                    .filter(name -> name.endsWith(".io-v1.yml"))
                    .sorted()
                    .toList();
            assertThat(found).as("made by `local/mvn package -DskipTests`").isNotEmpty();
            return found;
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
