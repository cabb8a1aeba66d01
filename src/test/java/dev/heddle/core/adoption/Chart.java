package dev.heddle.core.adoption;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** What the official chart makes, in a namespace. */
public final class Chart {
    private Chart() {}

    public static String yaml(String namespace) {
        try {
            return Files.readString(Path.of("src", "test", "resources", "adoption", "chart.yaml"))
                    .replace("NAMESPACE", namespace);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    static StatefulSet statefulSet() {
        return all(StatefulSet.class).getFirst();
    }

    static List<Service> services() {
        return all(Service.class);
    }

    private static <T extends HasMetadata> List<T> all(Class<T> kind) {
        return Stream.of(yaml("team").split("\n---\n"))
                .filter(document -> document.contains("kind: " + kind.getSimpleName() + "\n"))
                .map(document -> Serialization.unmarshal(document, kind))
                .peek(object -> object.getMetadata().setNamespace("team"))
                .toList();
    }
}
