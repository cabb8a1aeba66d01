package dev.heddle.core.restore;

import dev.heddle.core.backup.BackupContents;
import dev.heddle.core.backup.BackupProof;
import dev.heddle.core.common.Version;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Whether a backup fits a cluster. Weaviate itself finds out most of this only after all bytes have moved, and some of it
 * never.
 */
public final class RestoreFitness {
    /** Before it Weaviate reports success of a restore onto other nodes and loses objects (1.35.2, seen). */
    private static final Version MAPS_NODES = new Version(1, 36, 0);
    /** A status has to hold them. */
    private static final int MOST_NAMES = 10;

    private final RestoreOrder order;
    private final BackupContents contents;
    private final TargetFacts target;
    private final Selection selection;

    private RestoreFitness(RestoreOrder order, BackupContents contents, TargetFacts target) {
        this.order = order;
        this.contents = contents;
        this.target = target;
        this.selection = Selection.of(contents, order);
    }

    public static FitReport of(RestoreOrder order, BackupContents contents, TargetFacts target) {
        return new RestoreFitness(order, contents, target).fit();
    }

    /** Names of the collections that are restored, sorted. */
    public static List<String> collections(RestoreOrder order, BackupContents contents) {
        return List.copyOf(Selection.of(contents, order).collections());
    }

    private FitReport fit() {
        var proof = BackupProof.check(contents);
        return whole(proof)
                .or(this::chosen)
                .or(this::version)
                .or(this::enoughNodes)
                .or(this::taken)
                .or(this::modules)
                .or(this::people)
                .map(unfit -> (FitReport) unfit)
                .orElseGet(() -> mapped(proof));
    }

    private static Optional<FitReport.Unfit> whole(BackupProof proof) {
        return proof.proven()
                ? Optional.empty()
                : unfit(
                        "BackupNotWhole",
                        "What lies in the bucket is no whole backup: %s. Restore another one."
                                .formatted(String.join("; ", proof.problems())));
    }

    private Optional<FitReport.Unfit> chosen() {
        if (!selection.unknown().isEmpty()) {
            return unfit(
                    "CollectionNotInBackup",
                    "spec.include names %s, and the backup has no such collection; it has %s."
                            .formatted(
                                    names(selection.unknown()),
                                    names(Selection.of(contents, all()).collections())));
        }
        return selection.collections().isEmpty()
                ? unfit("NothingToRestore", "spec.exclude leaves no collection of the backup.")
                : Optional.empty();
    }

    private RestoreOrder all() {
        return new RestoreOrder(order.cluster(), List.of(), List.of(), Map.of(), false, false, false, 1);
    }

    private Optional<FitReport.Unfit> version() {
        var wrote = Version.parse(contents.coordinator().serverVersion());
        var reads = Version.parse(target.version());
        return wrote.isPresent() && reads.isPresent() && reads.get().compareTo(wrote.get()) < 0
                ? unfit(
                        "VersionTooOld",
                        "Weaviate %s wrote the backup, and the cluster runs %s: upgrade it first (spec.version)."
                                .formatted(wrote.get(), reads.get()))
                : Optional.empty();
    }

    private Optional<FitReport.Unfit> enoughNodes() {
        int needed = selection.nodes().size();
        return target.nodes().size() < needed
                ? unfit(
                        "TooFewNodes",
                        "The backup is of %d nodes, and the cluster has %d: set spec.replicas of the cluster to %d at least; it may shrink again afterwards."
                                .formatted(needed, target.nodes().size(), needed))
                : Optional.empty();
    }

    /** Weaviate looks only after all bytes have moved. */
    private Optional<FitReport.Unfit> taken() {
        var there = new TreeSet<>(selection.collections());
        there.retainAll(target.collections());
        if (!there.isEmpty()) {
            return unfit(
                    "CollectionExists",
                    "The cluster has %s already, and a restore never overwrites: delete what is to be replaced, or leave it out (spec.exclude)."
                            .formatted(names(there)));
        }
        var aliased = new TreeSet<>(selection.collections());
        aliased.retainAll(target.aliases().keySet());
        selection.collections().stream()
                .flatMap(name -> selection.aliases(name).stream())
                .filter(target.collections()::contains)
                .forEach(aliased::add);
        return aliased.isEmpty()
                ? Optional.empty()
                : unfit(
                        "NameTaken",
                        "%s would be both a collection and an alias: delete or rename the one in the cluster, or leave the collection out (spec.exclude)."
                                .formatted(names(aliased)));
    }

    private Optional<FitReport.Unfit> modules() {
        var missing = new TreeMap<String, String>();
        selection.collections().forEach(name -> selection.modules(name).stream()
                .filter(module -> !target.modules().contains(module))
                .forEach(module -> missing.putIfAbsent(module, name)));
        return missing.isEmpty()
                ? Optional.empty()
                : unfit(
                        "ModulesMissing",
                        missing.entrySet().stream()
                                .map(one -> "Collection %s uses module %s".formatted(one.getValue(), one.getKey()))
                                .collect(Collectors.joining(
                                        "; ",
                                        "",
                                        ", which the cluster does not have: add it to spec.modules of the cluster.")));
    }

    private Optional<FitReport.Unfit> people() {
        if (order.roles() && !target.roles()) {
            return unfit(
                    "RolesNotEnabled",
                    "spec.roles is All, and the cluster has no roles: set spec.auth.rbac.enabled of the cluster, or take spec.roles away.");
        }
        return order.users() && !target.users()
                ? unfit(
                        "UsersNotEnabled",
                        "spec.users is All, and the cluster has no users in its database (AUTHENTICATION_DB_USERS_ENABLED is not set on its nodes): take spec.users away.")
                : Optional.empty();
    }

    private FitReport mapped(BackupProof proof) {
        var outcome = NodeMapping.of(selection.nodes(), target.nodes(), order.mapping(), order.cluster());
        if (outcome.problem().isPresent()) {
            return new FitReport.Unfit("NodeMappingInvalid", outcome.problem().get(), true);
        }
        boolean renames = outcome.mapping().entrySet().stream()
                .anyMatch(node -> !node.getKey().equals(node.getValue()));
        if (renames && !mapsNodes(target.version())) {
            return new FitReport.Unfit(
                    "NodeMappingUnsafe",
                    "The backup is of nodes %s, and the cluster has %s: before 1.36.0, and it runs %s, Weaviate loses objects when it restores onto nodes of other names, and reports success. Upgrade the cluster to 1.36.0 (spec.version), or restore into a cluster of the same name."
                            .formatted(names(selection.nodes()), names(target.nodes()), target.version()),
                    true);
        }
        return new FitReport.Fits(new RestoreFit(
                selection.collections().size(),
                outcome.mapping(),
                proof.bytes(),
                proof.serverVersion(),
                Optional.empty()));
    }

    private static boolean mapsNodes(String version) {
        return Version.parse(version)
                .filter(one -> one.compareTo(MAPS_NODES) >= 0)
                .isPresent();
    }

    /** As of which Weaviate can be told to end a restore. */
    public static boolean cancels(String version) {
        return mapsNodes(version);
    }

    static String names(Collection<String> names) {
        return names.stream().sorted().limit(MOST_NAMES).collect(Collectors.joining(", "))
                + (names.size() > MOST_NAMES ? " and %d more".formatted(names.size() - MOST_NAMES) : "");
    }

    private static Optional<FitReport.Unfit> unfit(String reason, String message) {
        return Optional.of(new FitReport.Unfit(reason, message, true));
    }
}
