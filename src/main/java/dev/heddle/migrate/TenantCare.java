package dev.heddle.migrate;

import dev.heddle.core.migration.Place;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** Activates tenants for as long as they are worked on. What they were is saved before, and given back whatever happens. */
final class TenantCare {
    private static final String ACTIVE = "ACTIVE";
    private static final String INACTIVE = "INACTIVE";
    private static final int MOST_IN_CALL = 100;
    /** An offloaded tenant is fetched from a bucket. */
    private static final Duration FETCHING = Duration.ofMinutes(15);

    private final Map<String, Side> sides;
    private final MigrationState state;
    private final Keeper keeper;
    private final Map<String, Map<String, Map<String, String>>> statuses =
            Map.of("source", new ConcurrentHashMap<>(), "target", new ConcurrentHashMap<>());

    TenantCare(Side source, Side target, MigrationState state, Keeper keeper) {
        this.sides = Map.of("source", source, "target", target);
        this.state = state;
        this.keeper = keeper;
    }

    /** The tenants of the source; makes those that the target lacks if it may be written to. */
    Map<String, String> list(String collection, boolean make) throws MigrationException {
        var source = look("source", collection);
        var target = look("target", collection);
        if (make) {
            var missing = new TreeMap<String, String>();
            for (var tenant : source.entrySet()) {
                if (!target.containsKey(tenant.getKey())) {
                    missing.put(tenant.getKey(), tenant.getValue().equals(ACTIVE) ? ACTIVE : INACTIVE);
                }
                if (missing.size() == MOST_IN_CALL) {
                    create(collection, missing);
                }
            }
            create(collection, missing);
        }
        return source;
    }

    private Map<String, String> look(String side, String collection) throws MigrationException {
        Map<String, String> found = new ConcurrentHashMap<>(sides.get(side)
                .retries()
                .call(attempt -> sides.get(side).schema().tenants(collection)));
        statuses.get(side).put(collection, found);
        return found;
    }

    private void create(String collection, Map<String, String> missing) throws MigrationException {
        if (!missing.isEmpty()) {
            var target = sides.get("target");
            target.retries().order(() -> target.schema().createTenants(collection, missing));
            statuses.get("target").get(collection).putAll(missing);
            missing.clear();
        }
    }

    private String status(String side, Place place) {
        return statuses.get(side)
                .getOrDefault(place.collection(), Map.of())
                .getOrDefault(place.tenant().orElseThrow(), ACTIVE);
    }

    boolean active(Place place) {
        return place.tenant().isEmpty() || status("source", place).equals(ACTIVE);
    }

    /** Both sides of it can be read and written when this returns. */
    void open(Place place) throws MigrationException {
        if (place.tenant().isEmpty()) {
            return;
        }
        var former = new LinkedHashMap<String, String>();
        for (var side : sides.keySet()) {
            var status = status(side, place);
            if (!status.equals(ACTIVE)) {
                former.put(side, status);
            }
        }
        if (former.isEmpty()) {
            return;
        }
        state.activate(place, Map.copyOf(former));
        keeper.flush();
        for (var side : former.keySet()) {
            activate(sides.get(side), place);
        }
    }

    private static void activate(Side side, Place place) throws MigrationException {
        var tenant = place.tenant().orElseThrow();
        side.retries().order(() -> side.schema().setTenants(place.collection(), Map.of(tenant, ACTIVE)));
        for (var second = 0; second < FETCHING.toSeconds(); second++) {
            var now = side.retries().call(attempt -> side.schema().tenant(place.collection(), tenant));
            if (now.equals(ACTIVE)) {
                return;
            }
            pause();
        }
        throw new MigrationException.Impossible("%s: %s does not become active".formatted(side.name(), place));
    }

    static void pause() throws MigrationException {
        try {
            Thread.sleep(Duration.ofSeconds(1));
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new MigrationException.Stopped("interrupted");
        }
    }

    /** Gives it back to what it was. */
    void close(Place place) throws MigrationException {
        var former = state.activated().get(place);
        if (former != null) {
            giveBack(place, former, sides);
            state.gaveBack(place);
        }
    }

    /** All of them, also those of an earlier process. @param patient the sides, with patience of their own */
    void closeAll(Map<String, Side> patient) throws MigrationException {
        for (var one : state.activated().entrySet()) {
            giveBack(one.getKey(), one.getValue(), patient);
            state.gaveBack(one.getKey());
        }
    }

    private static void giveBack(Place place, Map<String, String> former, Map<String, Side> sides)
            throws MigrationException {
        for (var one : former.entrySet()) {
            var side = sides.get(one.getKey());
            if (side == null) {
                throw new MigrationException.Malformed("checkpoint names a side " + one.getKey());
            }
            var status =
                    one.getValue().contains("OFFLOAD") || one.getValue().contains("FREEZ") ? "OFFLOADED" : INACTIVE;
            side.retries().order(() -> side.schema()
                    .setTenants(place.collection(), Map.of(place.tenant().orElseThrow(), status)));
        }
    }
}
