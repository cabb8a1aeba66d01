package dev.heddle.core.shortform;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.adoption.Adoption;
import dev.heddle.core.version.Resolution;
import java.util.Optional;

/**
 * What one reconcile of a Cluster came to.
 *
 * @param child the WeaviateCluster as it is
 * @param version what the constraint stands for
 * @param tags what the registry knows
 * @param image whether the image of that version may run
 * @param adoption what became of existingClusters
 * @param applied whether the child says what the Cluster asks for
 * @param obstacle why nothing could be applied, apart from version, image and adoption
 */
public record ShortFormView(
        Optional<WeaviateCluster> child,
        Resolution version,
        Tags tags,
        ImageVerdict image,
        Adoption adoption,
        boolean applied,
        Optional<Obstacle> obstacle) {

    /** Only a person can help. */
    public record Obstacle(String reason, String message) {}
}
