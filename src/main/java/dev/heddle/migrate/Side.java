package dev.heddle.migrate;

import dev.heddle.core.migration.CollectionShape;
import dev.heddle.core.migration.IdAndTime;
import dev.heddle.core.migration.IdRange;
import dev.heddle.core.migration.PageSize;
import dev.heddle.core.migration.Place;
import dev.heddle.core.migration.StoredObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One of the two Weaviates, with the patience that a migration has. @param name for people: source, target */
record Side(String name, SchemaChannel schema, ObjectChannel objects, Retries retries) implements AutoCloseable {

    /** Throws {@link MigrationException.Malformed} unless ids grow: with others a cursor would go round for ever. */
    List<StoredObject> read(CollectionShape shape, Place place, Optional<UUID> after, int limit)
            throws MigrationException {
        var page = retries.call(attempt -> objects.read(shape, place, after, limit));
        growing(place, after, page.stream().map(StoredObject::id).toList());
        return page;
    }

    /** As {@link #read}. */
    List<IdAndTime> ids(Place place, Optional<UUID> after, int limit) throws MigrationException {
        var page = retries.call(attempt -> objects.ids(place, after, limit));
        growing(place, after, page.stream().map(IdAndTime::id).toList());
        return page;
    }

    private void growing(Place place, Optional<UUID> after, List<UUID> ids) throws MigrationException {
        var last = after.orElse(null);
        for (var id : ids) {
            if (last != null && IdRange.compare(last, id) >= 0) {
                throw new MigrationException.Malformed(
                        "%s: objects of %s out of order: %s after %s".formatted(name, place, id, last));
            }
            last = id;
        }
    }

    /** Those of these objects that are there, by id. @param ids in their order */
    Map<UUID, StoredObject> find(CollectionShape shape, Place place, List<UUID> ids) throws MigrationException {
        var found = new LinkedHashMap<UUID, StoredObject>();
        var wanted = new HashSet<>(ids);
        var size = new PageSize(ids.size(), 1);
        var index = 0;
        while (index < ids.size()) {
            var limit = Math.min(size.next(), ids.size() - index);
            var page = read(shape, place, IdRange.before(ids.get(index)), limit);
            if (page.isEmpty()) {
                break;
            }
            var hits = new ArrayList<>(page);
            hits.removeIf(object -> !wanted.contains(object.id()));
            hits.forEach(object -> found.put(object.id(), object));
            var last = page.getLast().id();
            while (index < ids.size() && IdRange.compare(ids.get(index), last) <= 0) {
                index++;
            }
            var bytes = page.stream().mapToLong(StoredObject::bytes).sum();
            size = hits.size() == page.size()
                    ? size.after(page.size(), bytes)
                    : new PageSize(ids.size(), Math.max(1, size.next() / 2));
        }
        return found;
    }

    long count(Place place) throws MigrationException {
        return retries.call(attempt -> objects.count(place));
    }

    @Override
    public void close() {
        objects.close();
        schema.close();
    }
}
