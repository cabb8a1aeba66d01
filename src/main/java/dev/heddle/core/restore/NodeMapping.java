package dev.heddle.core.restore;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Which node of a cluster gets the data of which node of a backup. */
final class NodeMapping {
    /** Names of the nodes of a StatefulSet. */
    private static final Pattern NUMBERED = Pattern.compile(".*-(\\d{1,6})");

    private NodeMapping() {}

    /** @param problem empty where each node of the backup has one of its own */
    record Outcome(Map<String, String> mapping, Optional<String> problem) {}

    /**
     * @param from nodes of the backup
     * @param to nodes of the cluster
     * @param given takes precedence
     */
    static Outcome of(Set<String> from, Collection<String> to, Map<String, String> given, String cluster) {
        var mapping = new TreeMap<String, String>();
        for (var entry : new TreeMap<>(given).entrySet()) {
            if (!from.contains(entry.getKey())) {
                return problem("spec.nodeMapping names node %s, which the backup does not have; it has %s."
                        .formatted(entry.getKey(), list(from)));
            }
            if (!to.contains(entry.getValue())) {
                return problem("spec.nodeMapping names node %s, which the cluster does not have; it has %s."
                        .formatted(entry.getValue(), list(to)));
            }
            mapping.put(entry.getKey(), entry.getValue());
        }
        for (var node : from) {
            if (!mapping.containsKey(node)) {
                var own = own(node, to, cluster);
                if (own.isEmpty()) {
                    return problem(
                            "Node %s of the backup has no counterpart among %s: scale the cluster (spec.replicas), or set spec.nodeMapping."
                                    .formatted(node, list(to)));
                }
                mapping.put(node, own.get());
            }
        }
        var twice = mapping.entrySet().stream()
                .collect(Collectors.groupingBy(
                        Map.Entry::getValue,
                        TreeMap::new,
                        Collectors.mapping(Map.Entry::getKey, Collectors.joining(" and "))))
                .entrySet()
                .stream()
                .filter(nodes -> nodes.getValue().contains(" and "))
                .findFirst();
        return twice.map(nodes ->
                        problem("%s would both get onto node %s: set spec.nodeMapping so that each has its own."
                                .formatted(nodes.getValue(), nodes.getKey())))
                .orElseGet(() -> new Outcome(mapping, Optional.empty()));
    }

    private static Optional<String> own(String node, Collection<String> to, String cluster) {
        if (to.contains(node)) {
            return Optional.of(node);
        }
        var number = NUMBERED.matcher(node);
        return Optional.of(number)
                .filter(found -> found.matches())
                .map(found -> cluster + "-" + Integer.parseInt(found.group(1)))
                .filter(to::contains);
    }

    private static Outcome problem(String words) {
        return new Outcome(Map.of(), Optional.of(words));
    }

    private static String list(Collection<String> names) {
        return names.stream().sorted().collect(Collectors.joining(", "));
    }
}
