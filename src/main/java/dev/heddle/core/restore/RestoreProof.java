package dev.heddle.core.restore;

import dev.heddle.core.backup.BackupContents;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Compares what a cluster has with what the backup was to bring. */
public final class RestoreProof {
    /** More of them say nothing new, and a status has to hold them. */
    private static final int MOST_PROBLEMS = 10;

    private final RestoreOrder order;
    private final Selection selection;
    private final Map<String, String> mapping;
    private final Arrived arrived;
    private final List<String> problems = new ArrayList<>();
    private final TreeSet<String> uneven = new TreeSet<>();
    private long inactive;

    private RestoreProof(RestoreOrder order, BackupContents contents, Map<String, String> mapping, Arrived arrived) {
        this.order = order;
        this.selection = Selection.of(contents, order);
        this.mapping = mapping;
        this.arrived = arrived;
    }

    /** @param mapping the node of the cluster for each node of the backup */
    public static ProofReport.Compared of(
            RestoreOrder order, BackupContents contents, Map<String, String> mapping, Arrived arrived) {
        return new RestoreProof(order, contents, mapping, arrived).compare();
    }

    private ProofReport.Compared compare() {
        for (var collection : selection.collections()) {
            var there = arrived.replicas().get(collection);
            if (there == null) {
                problems.add("collection %s is not there".formatted(collection));
            } else {
                replicas(collection, there);
                aliases(collection);
                counts(collection);
            }
        }
        var told = new ArrayList<>(problems.subList(0, Math.min(problems.size(), MOST_PROBLEMS)));
        if (problems.size() > MOST_PROBLEMS) {
            told.add("and %d more".formatted(problems.size() - MOST_PROBLEMS));
        }
        return new ProofReport.Compared(told, notes());
    }

    private void replicas(String collection, Map<String, Set<String>> there) {
        var homes = homes(collection);
        homes.forEach((shard, nodes) -> {
            var wanted = nodes.stream()
                    .map(node -> mapping.getOrDefault(node, node))
                    .collect(Collectors.toCollection(TreeSet::new));
            var has = there.get(shard);
            if (has == null) {
                problems.add("shard %s of collection %s is not there".formatted(shard, collection));
            } else if (!has.containsAll(wanted)) {
                problems.add("shard %s of collection %s is on %s, and its data went to %s"
                        .formatted(
                                shard, collection, String.join(", ", new TreeSet<>(has)), String.join(", ", wanted)));
            }
        });
        var written =
                selection.of(collection).flatMap(one -> one.shards().stream()).collect(Collectors.toSet());
        inactive += homes.keySet().stream()
                .filter(shard -> !written.contains(shard))
                .count();
    }

    /** As all nodes have them: a tenant that was made or went while the backup ran is in some descriptors only. */
    private Map<String, Set<String>> homes(String collection) {
        var all = selection.of(collection).toList();
        var common = new TreeMap<String, Set<String>>();
        all.stream().limit(1).forEach(first -> common.putAll(first.definition().homes()));
        all.forEach(one -> common.keySet().retainAll(one.placed()));
        return common;
    }

    private void aliases(String collection) {
        for (var alias : selection.aliases(collection)) {
            var leads = arrived.aliases().get(alias);
            if (leads == null) {
                problems.add("alias %s of collection %s is not there".formatted(alias, collection));
            } else if (order.overwriteAliases() && !leads.equals(collection)) {
                problems.add("alias %s leads to %s instead of %s".formatted(alias, leads, collection));
            }
        }
    }

    /** Copies of a backup that was taken under writes differ by some objects; a copy that lacks half of them was lost. */
    private void counts(String collection) {
        new TreeMap<>(arrived.counts().getOrDefault(collection, Map.of())).forEach((shard, copies) -> {
            if (copies.size() < 2) {
                return;
            }
            long most = Collections.max(copies.values());
            long least = Collections.min(copies.values());
            if (least < most / 2 || least == 0 && most > 0) {
                problems.add("copies of shard %s of collection %s have %s objects"
                        .formatted(shard, collection, new TreeMap<>(copies)));
            } else if (least < most) {
                uneven.add(collection);
            }
        });
    }

    private List<String> notes() {
        var notes = new ArrayList<String>();
        if (inactive > 0) {
            notes.add("Inactive when the backup was taken, so not in it, and empty here: %s."
                    .formatted(inactive == 1 ? "1 tenant" : inactive + " tenants"));
        }
        if (!uneven.isEmpty()) {
            notes.add(
                    "Copies of %s differ by some objects, as a backup under writes leaves them: reads at QUORUM find all, and replicationConfig.asyncEnabled evens them out."
                            .formatted(RestoreFitness.names(uneven)));
        }
        return notes;
    }
}
