package dev.heddle.migrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.core.migration.Checkpoint;
import dev.heddle.core.migration.Comparison;
import dev.heddle.core.migration.MigrationPlan;
import dev.heddle.core.migration.MigrationPlan.Mode;
import dev.heddle.core.migration.MigrationPlan.OnConflict;
import dev.heddle.core.migration.MigrationPlan.Pace;
import dev.heddle.core.migration.MigrationPlan.Side;
import dev.heddle.core.migration.MigrationPlan.Transport;
import dev.heddle.core.migration.MigrationProgress;
import dev.heddle.core.migration.MigrationProgress.Outcome;
import dev.heddle.core.migration.Place;
import dev.heddle.core.migration.StoredObject;
import dev.heddle.core.migration.StoredVector;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Two sides in memory, what is saved, and attempts at one migration between them. */
final class Histories {
    static final JsonMapper JSON = JsonMapper.builder().build();
    static final Place ARTICLES = Place.of("Article");
    static final Place AUTHORS = Place.of("Author");
    static final Keeper.Cadence QUICK =
            new Keeper.Cadence(Duration.ofMillis(5), Duration.ofMillis(1), Duration.ofDays(1));

    final MemorySide source = new MemorySide();
    final MemorySide target = new MemorySide();
    final ByteArrayOutputStream output = new ByteArrayOutputStream();
    /** As JSON, as a real store keeps it. */
    volatile Optional<String> checkpoint = Optional.empty();

    volatile MigrationProgress progress;
    volatile boolean killed;
    OnConflict onConflict = OnConflict.FAIL;
    Mode mode = Mode.COPY;
    long deadline;
    boolean freeze;
    Clock clock = Clock.systemUTC();
    Duration patience = Duration.ofSeconds(20);

    MigrationPlan plan() {
        return new MigrationPlan(
                "m1",
                new Side("http://source:80", Transport.HTTP, "", "", "", false),
                new Side("http://target:80", Transport.HTTP, "", "", "", false),
                mode,
                onConflict,
                List.of(),
                List.of(),
                new Pace(4, 0, 50),
                deadline,
                freeze);
    }

    static ObjectNode definition(String json) {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    static StoredObject object(UUID id, String text, Map<String, List<String>> references) {
        return new StoredObject(
                id,
                JSON.createObjectNode().put("title", text),
                Map.of("", new StoredVector.Single(new float[] {1, id.hashCode()})),
                references,
                new StoredObject.Times(0, 0),
                3000);
    }

    static UUID id(Random random) {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** Articles and authors that refer to each other, and tenants of which one in two is asleep. */
    void fill(Random random, int articles) {
        source.collections.put("Article", definition("""
                        {"class":"Article","vectorizer":"none","properties":[{"name":"title","dataType":["text"]},
                        {"name":"by","dataType":["Author"]}],"shardingConfig":{"desiredCount":1,"actualCount":1}}"""));
        source.collections.put("Author", definition("""
                        {"class":"Author","vectorizer":"none","properties":[{"name":"title","dataType":["text"]},
                        {"name":"wrote","dataType":["Article"]}]}"""));
        source.collections.put("Note", definition("""
                        {"class":"Note","vectorizer":"none","multiTenancyConfig":{"enabled":true},
                        "properties":[{"name":"title","dataType":["text"]}]}"""));
        source.aliases.put("Writer", "Author");
        var authors = new ArrayList<UUID>();
        for (var index = 0; index < articles / 20; index++) {
            authors.add(id(random));
        }
        for (var index = 0; index < articles; index++) {
            var one = id(random);
            var author = authors.isEmpty() ? null : authors.get(index % authors.size());
            Map<String, List<String>> by = index % 10 > 0 || author == null
                    ? Map.of()
                    : Map.of("by", List.of("weaviate://localhost/Author/" + author));
            source.put(ARTICLES, object(one, "a" + index, by));
        }
        authors.forEach(author -> source.put(
                AUTHORS,
                object(
                        author,
                        "w",
                        Map.of("wrote", List.of("weaviate://localhost/Article/1", "weaviate://localhost/Article/2")))));
        for (var tenant = 0; tenant < 6; tenant++) {
            var name = "t" + tenant;
            for (var index = 0; index < articles / 50; index++) {
                source.put(Place.of("Note", name), object(id(random), "n", Map.of()));
            }
            source.createTenants("Note", Map.of(name, tenant % 2 == 0 ? "ACTIVE" : "INACTIVE"));
        }
        target.clock.set(source.clock.get() + 5);
    }

    private final class Store implements ProgressStore {
        @Override
        public Optional<Checkpoint> load() throws MigrationException {
            return checkpoint.isEmpty()
                    ? Optional.empty()
                    : Optional.of(MigrationDocuments.checkpoint(checkpoint.get()));
        }

        @Override
        public void save(Checkpoint saved, MigrationProgress told) {
            if (killed) {
                throw new MemorySide.Killed();
            }
            checkpoint = Optional.of(MigrationDocuments.write(saved));
            progress = told;
        }
    }

    /** One process. Empty where it was killed or stopped. */
    Optional<Outcome> attempt(StopSignal stop) {
        var waiting = new Retries.Waiting(Duration.ofMillis(2), patience);
        var retries = new Retries(waiting, stop);
        var patient = new Retries(waiting, new StopSignal());
        var sides = new Migration.Sides(
                new dev.heddle.migrate.Side("source", source, source, retries),
                new dev.heddle.migrate.Side("target", target, target, retries),
                Map.of(
                        "source", new dev.heddle.migrate.Side("source", source, source, patient),
                        "target", new dev.heddle.migrate.Side("target", target, target, patient)));
        var out = new PrintStream(output, true);
        try {
            var outcome =
                    new Migration(plan(), sides, new Keeper.Surroundings(new Store(), clock, out, QUICK), stop).run();
            // The keeper may be the first that the kill reaches; it takes it for trouble with the store.
            return killed ? Optional.empty() : outcome;
        } catch (MemorySide.Killed | IllegalStateException dead) {
            if (!killed) {
                throw dead;
            }
            return Optional.empty();
        }
    }

    Optional<Outcome> attempt() {
        return attempt(new StopSignal());
    }

    String said() {
        return output.toString();
    }

    /** What differs between both sides, by an own look at them. */
    List<String> differences() {
        var differences = new ArrayList<String>();
        source.places.forEach((place, objects) -> {
            var copies = target.at(place);
            if (!objects.keySet().equals(copies.keySet())) {
                differences.add(place + ": " + objects.size() + " and " + copies.size());
            }
            objects.forEach((id, object) -> {
                var copy = copies.get(id);
                if (copy != null && !Comparison.differences(object, copy).isEmpty()) {
                    differences.add(place + " " + id + ": " + Comparison.differences(object, copy));
                }
            });
        });
        if (!source.tenants.equals(target.tenants)) {
            differences.add("tenants: " + source.tenants + " and " + target.tenants);
        }
        if (!source.aliases.equals(target.aliases)) {
            differences.add("aliases: " + target.aliases);
        }
        return differences;
    }

    long objects() {
        return source.places.values().stream().mapToLong(Map::size).sum();
    }
}
