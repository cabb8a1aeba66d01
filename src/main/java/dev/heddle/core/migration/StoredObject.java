package dev.heddle.core.migration;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * An object as one side holds it.
 *
 * @param properties as the REST API tells them, without cross references; properties without a value are absent
 * @param vectors by name; the unnamed one under the empty name. A vector that the object lacks is absent
 * @param references beacons ({@code weaviate://localhost/Collection/id}) by property, in the server's order; properties
 *     without a reference are absent
 * @param bytes roughly what it takes on the wire
 */
public record StoredObject(
        UUID id,
        ObjectNode properties,
        Map<String, StoredVector> vectors,
        Map<String, List<String>> references,
        Times times,
        long bytes) {

    /** In milliseconds since 1970, by the server's clock. */
    public record Times(long created, long updated) {}

    public long updated() {
        return times.updated();
    }
}
