package dev.heddle.core.shortform;

import dev.heddle.api.cloud.v1alpha1.Cluster;
import dev.heddle.api.cloud.v1alpha1.ClusterStatus;
import dev.heddle.api.cloud.v1alpha1.VerifiedImage;
import dev.heddle.api.weaviate.v1.ImageSpec;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.version.Resolution;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The version whose image may run.
 *
 * @param version empty when nothing may run, and nothing does
 * @param images digests that were verified, of the version that runs and of this one; empty when nobody asks for signatures
 * @param pinned digests to pin: these, and while nothing is verified those that run
 */
public record ImageChoice(
        Optional<String> version, List<VerifiedImage> images, List<VerifiedImage> pinned, ImageVerdict verdict) {

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
            return new ImageChoice(wanted, List.of(), List.of(), new ImageVerdict.NotAsked());
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
            return new ImageChoice(
                    child.map(one -> one.getSpec().version()), prior, withThoseThatRun(prior, child), verdict);
        }
        var chosen = new VerifiedImage(target, verified.digest());
        return new ImageChoice(
                Optional.of(target),
                onTheWay(prior, running, chosen),
                onTheWay(withThoseThatRun(prior, child), running, chosen),
                verdict);
    }

    /** The version that runs is needed until the last pod has left it. */
    private static List<VerifiedImage> onTheWay(
            List<VerifiedImage> former, Optional<String> running, VerifiedImage chosen) {
        return Stream.concat(
                        former.stream()
                                .filter(image -> !image.version().equals(chosen.version()))
                                .filter(image -> running.equals(Optional.of(image.version()))),
                        Stream.of(chosen))
                .toList();
    }

    private static Optional<String> running(Optional<WeaviateCluster> child) {
        return child.map(one -> one.getStatus()).map(status -> status.version()).filter(Objects::nonNull);
    }

    /** A status that was lost must not turn a pinned image into a tag; what was not verified does not become so by it. */
    private static List<VerifiedImage> withThoseThatRun(List<VerifiedImage> prior, Optional<WeaviateCluster> child) {
        var pins =
                child.map(one -> one.getSpec().image()).map(ImageSpec::digests).orElse(Map.of());
        var others = pins.entrySet().stream()
                .filter(pin -> prior.stream().noneMatch(image -> image.version().equals(pin.getKey())))
                .map(pin -> new VerifiedImage(pin.getKey(), pin.getValue()));
        return Stream.concat(prior.stream(), others).toList();
    }

    private static List<VerifiedImage> prior(Cluster cluster) {
        return Optional.ofNullable(cluster.getStatus())
                .map(ClusterStatus::images)
                .orElse(List.of());
    }
}
