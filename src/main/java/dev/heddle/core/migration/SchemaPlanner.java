package dev.heddle.core.migration;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.core.migration.MigrationPlan.Mode;
import dev.heddle.core.migration.MigrationPlan.OnConflict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Compares both schemas before anything is made. */
public final class SchemaPlanner {
    private final MigrationPlan plan;
    private final SideSchema source;
    private final SideSchema target;
    private final boolean begun;
    private final List<ObjectNode> create = new ArrayList<>();
    private final List<SchemaPlan.NewProperty> properties = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private SchemaPlanner(MigrationPlan plan, SideSchema source, SideSchema target, boolean begun) {
        this.plan = plan;
        this.source = source;
        this.target = target;
        this.begun = begun;
    }

    /** @param begun whether this migration was under way before, so that collections on the target may be its own */
    public static SchemaPlan plan(MigrationPlan plan, SideSchema source, SideSchema target, boolean begun) {
        return new SchemaPlanner(plan, source, target, begun).plan();
    }

    private SchemaPlan plan() {
        var selection = Selection.of(plan, source.collections().keySet());
        problems.addAll(selection.problems());
        var chosen = new TreeSet<>(selection.collections());
        if (chosen.isEmpty() && problems.isEmpty()) {
            notes.add("the source has no collections to copy");
        }
        versions();
        var shapes = new TreeMap<String, CollectionShape>();
        for (var name : chosen) {
            var definition = source.collections().get(name);
            shapes.put(name, CollectionShape.of(definition));
            one(name, definition, chosen);
        }
        return new SchemaPlan(
                List.copyOf(create),
                List.copyOf(properties),
                plan.mode() == Mode.VERIFY ? Map.of() : aliases(chosen),
                List.copyOf(problems),
                List.copyOf(notes),
                shapes);
    }

    private void one(String name, ObjectNode definition, Set<String> chosen) {
        var there = target.collections().get(name);
        if (plan.mode() == Mode.VERIFY) {
            if (there == null) {
                problems.add("the target has no collection " + name);
            } else {
                problems.addAll(SchemaComparison.conflicts(definition, there));
                missingProperties(definition, there)
                        .forEach(property -> problems.add("%s.%s: missing on the target"
                                .formatted(name, property.path("name").asText())));
            }
            return;
        }
        if (there != null) {
            existing(name, definition, there);
            return;
        }
        if (target.aliases().containsKey(name)) {
            problems.add("%s is an alias on the target".formatted(name));
        }
        factor(name, definition);
        SchemaDefinition.modules(definition).stream()
                .filter(module -> source.info().modules().contains(module))
                .filter(module -> !target.info().modules().contains(module))
                .forEach(module -> problems.add(
                        "%s needs the module %s, which the target does not have enabled".formatted(name, module)));
        create.add(SchemaDefinition.withoutReferences(definition));
        references(definition).forEach(property -> {
            referenced(name, property, chosen);
            properties.add(new SchemaPlan.NewProperty(name, property));
        });
    }

    private void factor(String name, ObjectNode definition) {
        var factor = definition.at("/replicationConfig/factor").asInt(1);
        if (target.info().nodes() > 0 && factor > target.info().nodes()) {
            problems.add("%s has replication factor %d, and the target has %d node(s)"
                    .formatted(name, factor, target.info().nodes()));
        }
    }

    private void existing(String name, ObjectNode definition, ObjectNode there) {
        if (plan.onConflict() == OnConflict.FAIL && !begun) {
            problems.add("%s is on the target already (onConflict: fail)".formatted(name));
            return;
        }
        problems.addAll(SchemaComparison.conflicts(definition, there));
        missingProperties(definition, there)
                .forEach(property -> properties.add(new SchemaPlan.NewProperty(name, property)));
    }

    private static List<ObjectNode> missingProperties(ObjectNode definition, ObjectNode there) {
        var names = new TreeSet<String>();
        there.path("properties")
                .forEach(property -> names.add(property.path("name").asText()));
        var missing = new ArrayList<ObjectNode>();
        definition.path("properties").forEach(property -> {
            if (property instanceof ObjectNode node
                    && !names.contains(node.path("name").asText())) {
                missing.add(node);
            }
        });
        return missing;
    }

    private static List<ObjectNode> references(ObjectNode definition) {
        var references = new ArrayList<ObjectNode>();
        definition.path("properties").forEach(property -> {
            if (property instanceof ObjectNode node && SchemaDefinition.reference(property)) {
                references.add(node);
            }
        });
        return references;
    }

    private void referenced(String name, JsonNode property, Set<String> chosen) {
        property.path("dataType").forEach(type -> {
            if (!chosen.contains(type.asText()) && !target.collections().containsKey(type.asText())) {
                problems.add("%s.%s refers to %s, which is not copied and not on the target"
                        .formatted(name, property.path("name").asText(), type.asText()));
            }
        });
    }

    /** Aliases of collections that are copied. */
    private Map<String, String> aliases(Set<String> chosen) {
        var create = new TreeMap<String, String>();
        source.aliases().forEach((alias, collection) -> {
            if (!chosen.contains(collection)) {
                return;
            }
            var there = target.aliases().get(alias);
            if (target.collections().containsKey(alias)) {
                problems.add("the alias %s is a collection on the target".formatted(alias));
            } else if (there == null) {
                create.put(alias, collection);
            } else if (!there.equals(collection) && plan.onConflict() == OnConflict.SKIP) {
                notes.add("the alias %s stays with %s".formatted(alias, there));
            } else if (!there.equals(collection)) {
                problems.add("the alias %s stands for %s on the target, and for %s on the source"
                        .formatted(alias, there, collection));
            }
        });
        return create;
    }

    private void versions() {
        var from = source.info().version();
        var to = target.info().version();
        if (minor(to) < minor(from)) {
            notes.add("the target (%s) is older than the source (%s)".formatted(to, from));
        }
    }

    private static int minor(String version) {
        var parts = version.split("[.-]");
        try {
            return parts.length < 2 ? 0 : Integer.parseInt(parts[0]) * 1000 + Integer.parseInt(parts[1]);
        } catch (NumberFormatException unusual) {
            return 0;
        }
    }
}
