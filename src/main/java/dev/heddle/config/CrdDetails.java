package dev.heddle.config;

import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What the CRD generator has no annotation for: keys of lists, order of columns. Runs at build time only. */
public class CrdDetails implements CRDPostProcessor {
    private static final Map<String, String> KEYS =
            Map.of("conditions", "type", "modules", "name", "env", "name", "nodes", "name", "pullSecrets", "name");
    /** Lists in which nothing stands twice. */
    private static final Set<String> SETS =
            Set.of("collections", "accessModes", "products", "scopes", "rootUsers", "rootGroups", "readOnlyGroups");

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "WeaviateCluster",
            "One Weaviate cluster and all that belongs to it.",
            "Cluster",
            "The short form of a Weaviate cluster: a version constraint, adoption, verified images.",
            "Backup",
            "One backup of a Weaviate cluster, taken once and proven in the bucket.",
            "ScheduledBackup",
            "Backups of a Weaviate cluster by the clock, and which of them stay.",
            "Restore",
            "A backup that is brought into a Weaviate cluster, once, and proven there.",
            "Migration",
            "Schema and objects of one Weaviate into another, once and with proof.",
            "spec",
            "What is asked for; the operator never writes here.",
            "status",
            "What is true, as far as the operator knows.");
    /** The generator sorts columns by path; people read them from left to right. */
    private static final List<String> COLUMNS = List.of(
            "Version",
            "Nodes",
            "Ready",
            "Cluster",
            "Schedule",
            "Suspend",
            "Last success",
            "Next run",
            "Backup",
            "Phase",
            "Size",
            "Duration",
            "Age",
            "ID",
            "Location",
            "Kept",
            "Constraint",
            "Target",
            "Volume",
            "HTTP",
            "gRPC",
            "Message");

    private static final List<String> COLUMNS_OF_MIGRATIONS =
            List.of("Source", "Target", "Phase", "Progress %", "Rate", "Left", "Age", "Mode", "Objects", "Message");

    @Override
    public HasMetadata process(HasMetadata definition, String version) {
        if (definition instanceof CustomResourceDefinition crd) {
            crd.getSpec().getVersions().forEach(served -> {
                var root = served.getSchema().getOpenAPIV3Schema();
                root.setRequired(List.of("spec"));
                root.setDescription(DESCRIPTIONS.get(crd.getSpec().getNames().getKind()));
                root.getProperties().forEach((name, block) -> {
                    block.setDescription(DESCRIPTIONS.get(name));
                    EmbeddedTypes.complete(block, name);
                    listed(block);
                });
                var order = "Migration".equals(crd.getSpec().getNames().getKind()) ? COLUMNS_OF_MIGRATIONS : COLUMNS;
                served.getAdditionalPrinterColumns()
                        .sort(Comparator.comparing(column -> order.indexOf(column.getName())));
            });
        }
        return definition;
    }

    /** List types, so that two field managers can each own items of one list; and no rule twice. */
    private static void listed(JSONSchemaProps block) {
        // The generator finds the annotation of a record's component on the field and on the accessor.
        block.setXKubernetesValidations(
                block.getXKubernetesValidations().stream().distinct().toList());
        block.getProperties().forEach((name, property) -> {
            if (SETS.contains(name) && property.getItems() != null) {
                property.setXKubernetesListType("set");
            } else if (KEYS.containsKey(name) && property.getItems() != null) {
                keyed(property, KEYS.get(name));
            }
            listed(property);
        });
        Optional.ofNullable(block.getItems()).ifPresent(items -> listed(items.getSchema()));
    }

    private static void keyed(JSONSchemaProps list, String key) {
        list.setXKubernetesListType("map");
        list.setXKubernetesListMapKeys(List.of(key));
        var item = list.getItems().getSchema();
        var required = new TreeSet<>(Optional.ofNullable(item.getRequired()).orElse(List.of()));
        required.add(key);
        item.setRequired(List.copyOf(required));
    }
}
