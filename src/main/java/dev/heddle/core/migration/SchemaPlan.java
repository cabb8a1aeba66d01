package dev.heddle.core.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/**
 * What has to be made on the target, in this order: collections without references, then properties.
 *
 * @param problems why it cannot be made; nothing is made then
 * @param notes what a person may want to know
 * @param shapes of the collections that are copied, by name
 */
public record SchemaPlan(
        List<ObjectNode> collections,
        List<NewProperty> properties,
        Map<String, String> aliases,
        List<String> problems,
        List<String> notes,
        Map<String, CollectionShape> shapes) {

    public record NewProperty(String collection, ObjectNode property) {}
}
