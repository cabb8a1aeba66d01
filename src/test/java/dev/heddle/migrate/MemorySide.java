package dev.heddle.migrate;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.core.migration.CollectionShape;
import dev.heddle.core.migration.IdAndTime;
import dev.heddle.core.migration.IdRange;
import dev.heddle.core.migration.Place;
import dev.heddle.core.migration.Reference;
import dev.heddle.core.migration.ServerInfo;
import dev.heddle.core.migration.StoredObject;
import dev.heddle.core.migration.WriteResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** A Weaviate as far as a migration knows one: upserts clear references, adding one twice makes two, inactive refuses. */
final class MemorySide implements SchemaChannel, ObjectChannel {
    /** Thrown by everything once the process counts as killed. */
    static final class Killed extends RuntimeException {}

    /** Before each call; may throw what a server or a network would. */
    interface Fault {
        void before(String call, int size) throws MigrationException;
    }

    final Map<String, ObjectNode> collections = new TreeMap<>();
    final Map<String, String> aliases = new TreeMap<>();
    final Map<String, Map<String, String>> tenants = new TreeMap<>();
    final Map<Place, ConcurrentSkipListMap<UUID, StoredObject>> places = new HashMap<>();
    final AtomicLong written = new AtomicLong();
    final AtomicLong clock = new AtomicLong(1_000_000);
    volatile Fault fault = (call, size) -> {};
    volatile Function<UUID, Optional<String>> refuse = id -> Optional.empty();
    volatile boolean backwards;
    int nodes = 3;
    volatile boolean readOnly;

    ConcurrentSkipListMap<UUID, StoredObject> at(Place place) {
        synchronized (places) {
            return places.computeIfAbsent(place, key -> new ConcurrentSkipListMap<>(IdRange::compare));
        }
    }

    void put(Place place, StoredObject object) {
        var now = clock.incrementAndGet();
        at(place).put(object.id(), timed(object, object.references(), now));
    }

    private static StoredObject timed(StoredObject object, Map<String, List<String>> references, long now) {
        return new StoredObject(
                object.id(),
                object.properties(),
                object.vectors(),
                references,
                new StoredObject.Times(now, now),
                object.bytes());
    }

    private ConcurrentSkipListMap<UUID, StoredObject> active(Place place) throws MigrationException {
        var known = tenants.getOrDefault(place.collection(), Map.of());
        if (place.tenant().isPresent()
                && !"ACTIVE".equals(known.get(place.tenant().get()))) {
            throw new MigrationException.Refused(422, "tenant not there or asleep: " + place);
        }
        return at(place);
    }

    @Override
    public List<StoredObject> read(CollectionShape shape, Place place, Optional<UUID> after, int limit)
            throws MigrationException {
        fault.before("read", limit);
        var all = active(place);
        var page = (after.isPresent() ? all.tailMap(after.get(), false) : all)
                .values().stream().limit(limit).toList();
        return backwards ? page.reversed() : page;
    }

    @Override
    public List<IdAndTime> ids(Place place, Optional<UUID> after, int limit) throws MigrationException {
        fault.before("ids", limit);
        var all = active(place);
        return (after.isPresent() ? all.tailMap(after.get(), false) : all)
                .values().stream()
                        .limit(limit)
                        .map(object -> new IdAndTime(object.id(), object.updated()))
                        .toList();
    }

    @Override
    public WriteResult write(CollectionShape shape, Place place, List<StoredObject> objects) throws MigrationException {
        fault.before("write", objects.size());
        var all = active(place);
        var errors = new HashMap<UUID, String>();
        for (var object : objects) {
            var refusal = refuse.apply(object.id());
            if (refusal.isPresent()) {
                errors.put(object.id(), refusal.get());
            } else {
                all.put(object.id(), timed(object, Map.of(), clock.incrementAndGet()));
                written.incrementAndGet();
            }
        }
        fault.before("written", objects.size());
        return new WriteResult(errors);
    }

    @Override
    public long count(Place place) throws MigrationException {
        return active(place).size();
    }

    @Override
    public ServerInfo info() throws MigrationException {
        fault.before("info", 0);
        return new ServerInfo("1.36.0", Set.of(), nodes, clock.get(), readOnly);
    }

    @Override
    public Map<String, ObjectNode> collections() {
        return new TreeMap<>(collections);
    }

    @Override
    public void create(ObjectNode definition) throws MigrationException {
        fault.before("create", 1);
        collections.put(definition.path("class").asText(), definition.deepCopy());
    }

    @Override
    public void addProperty(String collection, ObjectNode property) {
        collections.get(collection).withArray("properties").add(property);
    }

    @Override
    public synchronized Map<String, String> tenants(String collection) {
        return new TreeMap<>(tenants.getOrDefault(collection, Map.of()));
    }

    @Override
    public synchronized String tenant(String collection, String name) {
        return tenants.get(collection).get(name);
    }

    @Override
    public synchronized void createTenants(String collection, Map<String, String> statuses) {
        tenants.computeIfAbsent(collection, key -> new TreeMap<>()).putAll(statuses);
    }

    @Override
    public synchronized void setTenants(String collection, Map<String, String> statuses) throws MigrationException {
        fault.before("tenants", 1);
        tenants.get(collection).putAll(statuses);
    }

    @Override
    public Map<String, String> aliases() {
        return new TreeMap<>(aliases);
    }

    @Override
    public void createAlias(String alias, String collection) {
        aliases.put(alias, collection);
    }

    @Override
    public WriteResult addReferences(Place place, List<Reference> references) throws MigrationException {
        fault.before("references", references.size());
        var errors = new HashMap<UUID, String>();
        for (var reference : references) {
            var changed = active(place).computeIfPresent(reference.from(), (id, object) -> {
                var all = new LinkedHashMap<>(object.references());
                var list = new ArrayList<>(all.getOrDefault(reference.property(), List.of()));
                list.add(reference.beacon());
                all.put(reference.property(), List.copyOf(list));
                return timed(object, all, clock.incrementAndGet());
            });
            if (changed == null) {
                errors.put(reference.from(), "object not found");
            }
        }
        fault.before("referenced", references.size());
        return new WriteResult(errors);
    }

    @Override
    public void close() {}
}
