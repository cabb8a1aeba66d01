package dev.heddle.config;

import dev.heddle.core.cluster.Catalog;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Reads weaviate-versions.yaml, the one source of supported versions and modules. */
@RegisterForReflection(targets = {Catalog.class, Catalog.Inference.class})
public final class CatalogSource {
    private static final String RESOURCE = "/weaviate-versions.yaml";

    private CatalogSource() {}

    /** @throws IllegalStateException when the file is not on the class path, which is a build error */
    public static Catalog read() {
        try (var stream = CatalogSource.class.getResourceAsStream(RESOURCE)) {
            if (stream == null) {
                throw new IllegalStateException(RESOURCE + " is not on the class path");
            }
            return Serialization.unmarshal(stream, Catalog.class);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
