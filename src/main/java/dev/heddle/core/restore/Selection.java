package dev.heddle.core.restore;

import dev.heddle.core.backup.BackupContents;
import dev.heddle.core.backup.CollectionDescriptor;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The part of a backup that is restored. The operator resolves * and ? itself: before 1.36.0 Weaviate knows neither.
 *
 * @param collections sorted
 * @param unknown names that were to be included, and that fit no collection of the backup
 */
record Selection(BackupContents contents, TreeSet<String> collections, List<String> unknown) {

    static Selection of(BackupContents contents, RestoreOrder order) {
        var all = contents.coordinator().nodes().values().stream()
                .flatMap(node -> node.collections().stream())
                .collect(Collectors.toCollection(TreeSet::new));
        var chosen = new TreeSet<>(all);
        if (!order.include().isEmpty()) {
            chosen.removeIf(name -> !fits(name, order.include()));
        }
        chosen.removeIf(name -> fits(name, order.exclude()));
        var unknown = order.include().stream()
                .filter(name -> all.stream().noneMatch(one -> fits(one, List.of(name))))
                .toList();
        return new Selection(contents, chosen, unknown);
    }

    /** Names of the nodes that have a part of it. */
    TreeSet<String> nodes() {
        return contents.coordinator().nodes().entrySet().stream()
                .filter(node -> node.getValue().collections().stream().anyMatch(collections::contains))
                .map(node -> node.getKey())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Descriptors of one collection, by as many nodes as have one. */
    Stream<CollectionDescriptor> of(String collection) {
        return contents.nodes().values().stream()
                .flatMap(node -> node.collections().stream())
                .filter(descriptor -> descriptor.name().equals(collection));
    }

    Set<String> modules(String collection) {
        return of(collection)
                .flatMap(descriptor -> descriptor.definition().modules().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    Set<String> aliases(String collection) {
        return of(collection)
                .flatMap(descriptor -> descriptor.definition().aliases().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static boolean fits(String name, Collection<String> patterns) {
        return patterns.stream()
                .anyMatch(pattern -> expression(pattern).matcher(name).matches());
    }

    private static Pattern expression(String pattern) {
        return Pattern.compile(pattern.chars()
                .mapToObj(letter -> switch (letter) {
                    case '*' -> ".*";
                    case '?' -> ".";
                    default -> Pattern.quote(Character.toString(letter));
                })
                .collect(Collectors.joining()));
    }
}
