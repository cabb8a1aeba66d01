package dev.heddle.core.status;

import dev.heddle.api.weaviate.v1.UpgradeStatus;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Something worth an event. @param warning type Warning, else Normal */
public record Announcement(boolean warning, String reason, String message) {
    /** Conditions that are bad news when True; the others are when False. */
    private static final Set<String> NEGATIVE =
            Set.of("Stalled", "NotYetSupported", "DiskPressure", "DataLoss", WritesPaused.TYPE, OnlyReplicaAway.TYPE);

    /** Reasons of Reconciling that tell of no long work of its own. */
    private static final Set<String> ORDINARY = Set.of(
            "UpToDate", "InProgress", "Retrying", "Suspended", "Upgrading", "RollingBack", "BackingUp", "RollingOut");

    /** What changed between two statuses that a person would ask about; the ordinary way to Ready is not. */
    public static List<Announcement> between(WeaviateClusterStatus before, WeaviateClusterStatus after) {
        var news = new ArrayList<Announcement>();
        var old = Optional.ofNullable(before)
                .map(WeaviateClusterStatus::conditions)
                .orElse(List.of());
        for (var condition : after.conditions()) {
            var was = Conditions.find(old, condition.getType());
            boolean changed = was.isEmpty()
                    || !was.get().getStatus().equals(condition.getStatus())
                    || !was.get().getReason().equals(condition.getReason());
            if (changed && !"Reconciling".equals(condition.getType())) {
                of(condition, was, before).ifPresent(news::add);
            }
            if (changed && "Reconciling".equals(condition.getType())) {
                operation(condition, was).ifPresent(news::add);
            }
        }
        upgrade(before, after).ifPresent(news::add);
        if (before != null
                && before.replicas() != null
                && after.replicas() != null
                && after.replicas() > before.replicas()) {
            news.add(new Announcement(
                    false,
                    "ScalingOut",
                    "From %d to %d nodes, as %s asks."
                            .formatted(
                                    before.replicas(),
                                    after.replicas(),
                                    after.autoScaling() == null ? "spec.replicas" : "the autoscaler")));
        }
        if (before != null
                && before.replicas() != null
                && after.replicas() != null
                && after.replicas() < before.replicas()) {
            news.add(new Announcement(
                    false,
                    "ScaledIn",
                    "From %d to %d nodes: the one that left was empty."
                            .formatted(before.replicas(), after.replicas())));
        }
        decided(before, after).ifPresent(news::add);
        return List.copyOf(news);
    }

    /** A step of an upgrade begins, turns back, or is done; that it failed is told by Stalled. */
    private static Optional<Announcement> upgrade(WeaviateClusterStatus before, WeaviateClusterStatus after) {
        var was = Optional.ofNullable(before).map(WeaviateClusterStatus::upgrade);
        var is = Optional.ofNullable(after.upgrade());
        if (is.isPresent() && !is.map(UpgradeStatus::stage).equals(was.map(UpgradeStatus::stage))) {
            return begun(is.get());
        }
        boolean other =
                before != null && before.version() != null && !before.version().equals(after.version());
        return other && was.isPresent()
                ? Optional.of(new Announcement(
                        false,
                        "UpgradeStepDone",
                        "Weaviate %s runs on all nodes; it was %s.".formatted(after.version(), before.version())))
                : Optional.empty();
    }

    private static Optional<Announcement> begun(UpgradeStatus step) {
        var words = "From %s to %s on the way to %s".formatted(step.from(), step.to(), step.wanted());
        return switch (step.stage()) {
            case BACKINGUP ->
                Optional.of(new Announcement(
                        false, "UpgradeBackup", "%s: backup %s is taken first.".formatted(words, step.backup())));
            case ROLLING -> Optional.of(new Announcement(false, "UpgradeStepBegun", words + "."));
            case ROLLINGBACK ->
                Optional.of(new Announcement(
                        true,
                        "UpgradeRollingBack",
                        "Back from %s to %s: %s".formatted(step.to(), step.from(), step.message())));
            case ROLLEDBACK, STOPPED -> Optional.empty();
        };
    }

    /** The autoscaler's decision with its numbers. Where it begins it decides nothing. */
    private static Optional<Announcement> decided(WeaviateClusterStatus before, WeaviateClusterStatus after) {
        if (before == null || before.autoScaling() == null || after.autoScaling() == null) {
            return Optional.empty();
        }
        int former = before.autoScaling().replicas();
        int now = after.autoScaling().replicas();
        return former == now
                ? Optional.empty()
                : Optional.of(new Announcement(
                        false,
                        now > former ? "AutoScaledOut" : "AutoScaledIn",
                        after.autoScaling().reason()));
    }

    /** Long work begins, and ends. */
    private static Optional<Announcement> operation(Condition condition, Optional<Condition> was) {
        if ("True".equals(condition.getStatus()) && !ORDINARY.contains(condition.getReason())) {
            return Optional.of(new Announcement(false, condition.getReason(), condition.getMessage()));
        }
        return was.filter(old -> old.getReason().equals("Rebalancing"))
                .filter(old -> condition.getReason().equals("UpToDate"))
                .map(old -> new Announcement(false, "Rebalanced", "The nodes hold their share of the shard replicas."));
    }

    private static Optional<Announcement> of(
            Condition condition, Optional<Condition> was, WeaviateClusterStatus before) {
        boolean bad = NEGATIVE.contains(condition.getType()) == "True".equals(condition.getStatus());
        if (condition.getType().equals("Ready")) {
            boolean ran = before != null && before.version() != null;
            boolean ordinary = !ran && List.of("PodsNotReady", "Serving").contains(condition.getReason());
            boolean detail = bad
                    && was.filter(old -> old.getStatus().equals(condition.getStatus()))
                            .isPresent()
                    && List.of("PodsNotReady", "RollingOut").contains(condition.getReason());
            return ordinary || detail
                    ? Optional.empty()
                    : Optional.of(new Announcement(
                            bad && !condition.getReason().equals("RollingOut"),
                            condition.getReason(),
                            condition.getMessage()));
        }
        boolean goodFromStart = !bad && was.isEmpty() && !condition.getType().equals("GpuAvailable");
        return goodFromStart || condition.getReason().equals("Suspended")
                ? Optional.empty()
                : Optional.of(new Announcement(bad, condition.getReason(), condition.getMessage()));
    }
}
