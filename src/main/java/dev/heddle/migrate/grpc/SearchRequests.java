package dev.heddle.migrate.grpc;

import dev.heddle.core.migration.CollectionShape;
import dev.heddle.core.migration.CollectionShape.Property;
import dev.heddle.core.migration.Place;
import dev.heddle.migrate.wire.MetadataRequest;
import dev.heddle.migrate.wire.ObjectPropertiesRequest;
import dev.heddle.migrate.wire.PropertiesRequest;
import dev.heddle.migrate.wire.SearchRequest;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Questions for a page of objects. */
final class SearchRequests {
    private SearchRequests() {}

    static SearchRequest objects(CollectionShape shape, Place place, Optional<UUID> after, int limit) {
        return page(place, after, limit)
                .setProperties(properties(shape.properties()))
                .setMetadata(MetadataRequest.newBuilder()
                        .setUuid(true)
                        .setCreationTimeUnix(true)
                        .setLastUpdateTimeUnix(true)
                        .setVector(shape.vectors().containsKey(""))
                        .addAllVectors(shape.vectors().keySet().stream()
                                .filter(name -> !name.isEmpty())
                                .sorted()
                                .toList()))
                .build();
    }

    static SearchRequest ids(Place place, Optional<UUID> after, int limit) {
        return page(place, after, limit)
                .setProperties(PropertiesRequest.getDefaultInstance())
                .setMetadata(MetadataRequest.newBuilder().setUuid(true).setLastUpdateTimeUnix(true))
                .build();
    }

    /** Without a cursor the order is that of ids as well, and the object whose id is zero is in it. */
    private static SearchRequest.Builder page(Place place, Optional<UUID> after, int limit) {
        return SearchRequest.newBuilder()
                .setCollection(place.collection())
                .setTenant(place.tenant().orElse(""))
                .setLimit(limit)
                .setAfter(after.map(UUID::toString).orElse(""))
                .setUses127Api(true);
    }

    /** "All" knows of properties that came meanwhile, but leaves out blobs. */
    private static PropertiesRequest properties(List<Property> properties) {
        if (!blobs(properties)) {
            return PropertiesRequest.newBuilder()
                    .setReturnAllNonrefProperties(true)
                    .build();
        }
        return PropertiesRequest.newBuilder()
                .addAllNonRefProperties(primitive(properties))
                .addAllObjectProperties(objects(properties))
                .build();
    }

    private static boolean blobs(List<Property> properties) {
        return properties.stream().anyMatch(property -> property.types().contains("blob") || blobs(property.nested()));
    }

    private static List<String> primitive(List<Property> properties) {
        return properties.stream()
                .filter(property -> !property.reference() && !object(property))
                .map(Property::name)
                .toList();
    }

    private static List<ObjectPropertiesRequest> objects(List<Property> properties) {
        return properties.stream()
                .filter(SearchRequests::object)
                .map(property -> ObjectPropertiesRequest.newBuilder()
                        .setPropName(property.name())
                        .addAllPrimitiveProperties(primitive(property.nested()))
                        .addAllObjectProperties(objects(property.nested()))
                        .build())
                .toList();
    }

    private static boolean object(Property property) {
        return property.types().contains("object") || property.types().contains("object[]");
    }
}
