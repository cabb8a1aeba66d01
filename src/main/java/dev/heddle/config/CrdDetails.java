package dev.heddle.config;

import io.fabric8.crdv2.generator.CRDPostProcessor;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What the CRD generator has no annotation for: keys of lists, order of columns. Runs at build time only. */
public class CrdDetails implements CRDPostProcessor {
    private static final Map<String, String> KEYS =
            Map.of("conditions", "type", "modules", "name", "env", "name", "nodes", "name");
    /** The generator sorts columns by path; people read them from left to right. */
    private static final List<String> COLUMNS =
            List.of("Version", "Nodes", "Ready", "Phase", "Age", "Volume", "HTTP", "gRPC", "Message");

    @Override
    public HasMetadata process(HasMetadata definition, String version) {
        if (definition instanceof CustomResourceDefinition crd) {
            crd.getSpec().getVersions().forEach(served -> {
                var root = served.getSchema().getOpenAPIV3Schema();
                root.setRequired(List.of("spec"));
                root.getProperties().values().forEach(CrdDetails::keyed);
                served.getAdditionalPrinterColumns().sort(Comparator.comparing(CrdDetails::position));
            });
        }
        return definition;
    }

    private static int position(CustomResourceColumnDefinition column) {
        return COLUMNS.indexOf(column.getName());
    }

    private static void keyed(JSONSchemaProps block) {
        KEYS.forEach((list, key) -> Optional.ofNullable(block.getProperties().get(list))
                .ifPresent(property -> {
                    property.setXKubernetesListType("map");
                    property.setXKubernetesListMapKeys(List.of(key));
                    var item = property.getItems().getSchema();
                    var required = new TreeSet<>(
                            Optional.ofNullable(item.getRequired()).orElse(List.of()));
                    required.add(key);
                    item.setRequired(List.copyOf(required));
                }));
    }
}
