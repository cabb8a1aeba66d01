package dev.heddle.core.migration;

import java.util.Comparator;
import java.util.Optional;

/** Where objects lie. Ordered by collection, then tenant. @param tenant empty where the collection has none */
public record Place(String collection, Optional<String> tenant) implements Comparable<Place> {
    private static final Comparator<Place> ORDER =
            Comparator.comparing(Place::collection).thenComparing(place -> place.tenant.orElse(""));

    public static Place of(String collection) {
        return new Place(collection, Optional.empty());
    }

    public static Place of(String collection, String tenant) {
        return new Place(collection, Optional.of(tenant));
    }

    @Override
    public int compareTo(Place other) {
        return ORDER.compare(this, other);
    }

    /** For people: {@code Article}, {@code Article/tenant-1}. */
    @Override
    public String toString() {
        return tenant.map(name -> collection + "/" + name).orElse(collection);
    }
}
