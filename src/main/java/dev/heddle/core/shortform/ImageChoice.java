package dev.heddle.core.shortform;

import dev.heddle.api.cloud.v1alpha1.Cluster;
import dev.heddle.api.cloud.v1alpha1.ClusterStatus;
import dev.heddle.api.cloud.v1alpha1.VerifiedImage;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.version.Resolution;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The version whose image may run.
 *
 * @param version empty when nothing may run, and nothing does
 * @param images digests to pin, of the version that runs and of this one; empty when nobody asks for signatures
 */
public record ImageChoice(Optional<String> version, List<VerifiedImage> images, ImageVerdict verdict) {

    /**
     * A digest that was verified stays, whatever becomes of its signature or tag; what is not verified is not started,
     * and what runs goes on.
     *
     * @param wanted what the constraint stands for
     * @param known versions, for the way over several minors: each of them has to be verified by itself
     * @param verify asks for the signature of a version's image
     */
    public static ImageChoice of(
            Cluster cluster,
            Optional<WeaviateCluster> child,
            Optional<String> wanted,
            Collection<String> known,
            Function<String, ImageVerdict> verify) {
        if (cluster.getSpec().verify() == null || wanted.isEmpty()) {
            return new ImageChoice(wanted, List.of(), new ImageVerdict.NotAsked());
        }
        var running = running(child);
        var target =
                running.map(from -> Resolution.rung(from, wanted.get(), known)).orElse(wanted.get());
        var prior = prior(cluster);
        var verdict = prior.stream()
                .filter(image -> image.version().equals(target))
                .findFirst()
                .<ImageVerdict>map(image -> new ImageVerdict.Verified(image.digest()))
                .orElseGet(() -> verify.apply(target));
        if (!(verdict instanceof ImageVerdict.Verified verified)) {
            return new ImageChoice(child.map(one -> one.getSpec().version()), prior, verdict);
        }
        var needed = Stream.concat(
                        prior.stream()
                                .filter(image -> !image.version().equals(target))
                                .filter(image -> running.equals(Optional.of(image.version()))),
                        Stream.of(new VerifiedImage(target, verified.digest())))
                .toList();
        return new ImageChoice(Optional.of(target), needed, verdict);
    }

    private static Optional<String> running(Optional<WeaviateCluster> child) {
        return child.map(one -> one.getStatus()).map(status -> status.version()).filter(Objects::nonNull);
    }

    private static List<VerifiedImage> prior(Cluster cluster) {
        return Optional.ofNullable(cluster.getStatus())
                .map(ClusterStatus::images)
                .orElse(List.of());
    }
}
