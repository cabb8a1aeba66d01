package dev.heddle.core.shortform;

import dev.heddle.api.cloud.v1alpha1.Cluster;
import dev.heddle.api.cloud.v1alpha1.ClusterStatus;
import dev.heddle.api.cloud.v1alpha1.VerifiedImage;
import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.adoption.Adoption;
import dev.heddle.core.shortform.ShortFormView.Obstacle;
import dev.heddle.core.status.Conditions;
import dev.heddle.core.version.Resolution;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Makes a fresh status of a Cluster: its child's, and what only the short form knows. */
public final class ShortFormStatus {
    private final Cluster cluster;
    private final Optional<ClusterStatus> previous;
    private final Conditions conditions;

    public ShortFormStatus(Cluster cluster, Instant now) {
        this.cluster = cluster;
        this.previous = Optional.ofNullable(cluster.getStatus());
        this.conditions = new Conditions(
                previous.map(ClusterStatus::conditions).orElse(List.of()),
                cluster.getMetadata().getGeneration(),
                now);
    }

    /** @param images verified ones, of the version that runs and of the target */
    public ClusterStatus of(ShortFormView seen, List<VerifiedImage> images) {
        var child = seen.child().map(one -> one.getStatus());
        var stalled = obstacle(seen);
        ready(seen, stalled);
        conditions.add(
                "Stalled",
                stalled.isPresent() || is(child, "Stalled"),
                stalled.map(Obstacle::reason)
                        .or(() -> found(child, "Stalled").map(Condition::getReason))
                        .orElse("NotStalled"),
                stalled.map(Obstacle::message)
                        .or(() -> found(child, "Stalled")
                                .map(Condition::getMessage)
                                .map(ShortFormWords::of))
                        .orElse("The spec is carried out."));
        version(seen);
        image(seen.image());
        adoption(seen.adoption());
        if (ShortForm.backupWithoutStorage(cluster.getSpec())) {
            conditions.add(
                    "BackupConfigured",
                    false,
                    "NoStorage",
                    "spec.modules asks for backup, and no storage is configured in spec.backup; the module is left off.");
        }
        return new ClusterStatus(
                cluster.getMetadata().getGeneration(),
                child.map(WeaviateClusterStatus::phase)
                        .orElse(stalled.isPresent() ? ClusterPhase.FAILED : ClusterPhase.PENDING),
                child.map(WeaviateClusterStatus::version).orElse(null),
                target(seen),
                child.map(WeaviateClusterStatus::replicas).orElse(null),
                child.map(WeaviateClusterStatus::readyReplicas).orElse(null),
                child.map(WeaviateClusterStatus::endpoints).orElse(null),
                images.isEmpty() ? null : images,
                seen.adoption().taken().orElse(null),
                conditions.build());
    }

    /** The last attempt failed for a reason that may pass; what was known stays. */
    public ClusterStatus failing(String why) {
        var known = previous.map(ClusterStatus::conditions).orElse(List.of()).stream()
                .filter(condition -> !"Reconciling".equals(condition.getType()))
                .toList();
        conditions.add("Reconciling", true, "Retrying", "The last attempt failed and is made again: " + why);
        var kept = previous.orElse(
                new ClusterStatus(null, ClusterPhase.PENDING, null, null, null, null, null, null, null, null));
        return new ClusterStatus(
                cluster.getMetadata().getGeneration(),
                kept.phase(),
                kept.version(),
                kept.targetVersion(),
                kept.replicas(),
                kept.readyReplicas(),
                kept.endpoints(),
                kept.images(),
                kept.adopted(),
                java.util.stream.Stream.concat(known.stream(), conditions.build().stream())
                        .toList());
    }

    /** What was decided, and not what a refused image would have been. */
    private String target(ShortFormView seen) {
        return seen.applied()
                ? seen.child().map(child -> child.getSpec().version()).orElse(null)
                : previous.map(ClusterStatus::targetVersion).orElse(null);
    }

    private void ready(ShortFormView seen, Optional<Obstacle> stalled) {
        var child = seen.child().map(one -> one.getStatus());
        // A status that speaks of an earlier spec says nothing of this one.
        boolean current = seen.child()
                .filter(one -> one.getStatus() != null
                        && one.getMetadata().getGeneration() != null
                        && one.getMetadata()
                                .getGeneration()
                                .equals(one.getStatus().observedGeneration()))
                .isPresent();
        var why = stalled.or(() -> waiting(seen)).filter(obstacle -> child.isEmpty());
        conditions.add(
                "Ready",
                why.isEmpty() && current && is(child, "Ready"),
                why.map(Obstacle::reason)
                        .or(() -> found(child, "Ready").map(Condition::getReason))
                        .orElse("Creating"),
                why.map(Obstacle::message)
                        .or(() ->
                                found(child, "Ready").map(Condition::getMessage).map(ShortFormWords::of))
                        .orElse("The WeaviateCluster has not been looked at yet."));
        boolean moving = waiting(seen).isPresent() || stalled.isEmpty() && !current || is(child, "Reconciling");
        conditions.add(
                "Reconciling",
                moving,
                waiting(seen)
                        .map(Obstacle::reason)
                        .or(() -> found(child, "Reconciling").map(Condition::getReason))
                        .orElse(moving ? "InProgress" : "Waiting"),
                waiting(seen)
                        .map(Obstacle::message)
                        .or(() -> found(child, "Reconciling")
                                .map(Condition::getMessage)
                                .map(ShortFormWords::of))
                        .orElse(moving ? "The WeaviateCluster is being looked at." : "Waiting for a change."));
    }

    private static Optional<Obstacle> obstacle(ShortFormView seen) {
        if (seen.obstacle().isPresent()) {
            return seen.obstacle();
        }
        if (seen.adoption() instanceof Adoption.Refused refused) {
            return Optional.of(new Obstacle(refused.reason(), refused.message()));
        }
        if (seen.version().outcome() == Resolution.Outcome.REFUSED) {
            return Optional.of(
                    new Obstacle(seen.version().reason(), seen.version().message()));
        }
        return seen.image() instanceof ImageVerdict.Refused refused
                ? Optional.of(new Obstacle(refused.reason(), refused.message()))
                : Optional.empty();
    }

    /** Passes by itself. */
    private static Optional<Obstacle> waiting(ShortFormView seen) {
        return seen.image() instanceof ImageVerdict.Unknown unknown
                ? Optional.of(new Obstacle(unknown.reason(), unknown.message()))
                : Optional.empty();
    }

    private void version(ShortFormView seen) {
        var version = seen.version();
        var registry = seen.tags() instanceof Tags.Failed failed
                ? " The registry's tags could not be read, so only the catalog was looked at: " + failed.why() + "."
                : "";
        conditions.add(
                "VersionResolved",
                version.outcome() != Resolution.Outcome.REFUSED,
                version.reason(),
                version.message() + registry);
    }

    private void image(ImageVerdict image) {
        switch (image) {
            case ImageVerdict.NotAsked nobody -> {}
            case ImageVerdict.Verified verified ->
                conditions.add(
                        "ImageVerified",
                        true,
                        "Verified",
                        "The signature is good; %s runs.".formatted(verified.digest()));
            case ImageVerdict.Refused refused ->
                conditions.add("ImageVerified", false, refused.reason(), refused.message());
            case ImageVerdict.Unknown unknown ->
                conditions.add("ImageVerified", "Unknown", unknown.reason(), unknown.message());
        }
    }

    private void adoption(Adoption adoption) {
        switch (adoption) {
            case Adoption.None none -> {
                if (none.asked()) {
                    conditions.add(
                            "Adopted",
                            false,
                            "NothingToAdopt",
                            "No StatefulSet matches spec.existingClusters; this is a new cluster.");
                }
            }
            case Adoption.Adopted adopted ->
                conditions.add(
                        "Adopted",
                        true,
                        "Adopted",
                        "StatefulSet %s was taken over as it is. To give it back: kubectl annotate clusters.cloud.weaviate.io %s heddle.dev/release=true"
                                .formatted(
                                        adopted.statefulSet(),
                                        cluster.getMetadata().getName()));
            case Adoption.Refused refused -> conditions.add("Adopted", false, refused.reason(), refused.message());
        }
    }

    private static boolean is(Optional<WeaviateClusterStatus> child, String type) {
        return found(child, type)
                .filter(condition -> "True".equals(condition.getStatus()))
                .isPresent();
    }

    private static Optional<Condition> found(Optional<WeaviateClusterStatus> child, String type) {
        return child.map(WeaviateClusterStatus::conditions).flatMap(list -> Conditions.find(list, type));
    }
}
