package dev.heddle.migrate;

import dev.heddle.core.migration.Comparison;
import dev.heddle.core.migration.IdAndTime;
import dev.heddle.core.migration.IdRange;
import dev.heddle.core.migration.MigrationPlan.OnConflict;
import dev.heddle.core.migration.Place;
import dev.heddle.core.migration.Reference;
import dev.heddle.core.migration.StoredObject;
import dev.heddle.core.migration.WriteResult;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Writes objects with their references to the target, none of them twice if that can be known. */
final class ObjectWriter {
    private static final int HOPELESS = 1000;

    private final Job job;
    private final Gate gate;

    ObjectWriter(Job job, Gate gate) {
        this.job = job;
        this.gate = gate;
    }

    /** What is on the target between the first and the last of these objects. */
    Map<UUID, IdAndTime> there(Place place, List<StoredObject> objects) throws MigrationException {
        var there = new HashMap<UUID, IdAndTime>();
        var range = IdRange.including(objects.getFirst().id(), objects.getLast().id());
        var after = range.after();
        while (true) {
            var page = job.target().ids(place, after, objects.size() + 1);
            page.stream().filter(one -> range.contains(one.id())).forEach(one -> there.put(one.id(), one));
            if (page.isEmpty() || range.isBehind(page.getLast().id())) {
                return there;
            }
            after = Optional.of(page.getLast().id());
        }
    }

    /** Whether there is anything on the target in a range. */
    boolean any(Place place, IdRange range) throws MigrationException {
        var first = job.target().ids(place, range.after(), 1);
        return !first.isEmpty() && !range.isBehind(first.getFirst().id());
    }

    /** Whether an object need not be written, because it is there and may stay. @param there null if it is not */
    boolean stays(IdAndTime there) {
        return there != null && (job.plan().onConflict() != OnConflict.OVERWRITE || job.own(there));
    }

    /**
     * Writes objects and then their references.
     *
     * @param objects in the order of their ids
     * @param replacing whether older ones are there, so that nothing tells which were written already
     */
    void write(Place place, List<StoredObject> objects, boolean replacing) throws MigrationException {
        var left = objects;
        for (var round = 0; !left.isEmpty(); round++) {
            var batch = left;
            var later = round > 0;
            var refused = job.target().retries().call(attempt -> {
                var again = later || attempt > 0;
                return send(place, again && !replacing ? withoutThere(place, batch) : batch, again);
            });
            left = batch.stream()
                    .filter(object -> RestFailure.passes(refused.getOrDefault(object.id(), "")))
                    .toList();
        }
    }

    /** After an attempt of which nobody knows how far it came. */
    private List<StoredObject> withoutThere(Place place, List<StoredObject> objects) throws MigrationException {
        var there = there(place, objects);
        var written =
                objects.stream().filter(object -> stays(there.get(object.id()))).toList();
        references(place, written);
        return objects.stream().filter(object -> !stays(there.get(object.id()))).toList();
    }

    /** The server's words for objects that it did not take. @param again for the figures */
    private Map<UUID, String> send(Place place, List<StoredObject> objects, boolean again) throws MigrationException {
        if (objects.isEmpty()) {
            return Map.of();
        }
        if (again) {
            job.tally().resent.addAndGet(objects.size());
        }
        var result = through(place, objects);
        var errors = result.errors();
        if (errors.size() == objects.size() && errors.values().stream().allMatch(RestFailure::passes)) {
            throw new MigrationException.Busy(
                    "target: %s: %s".formatted(place, errors.values().iterator().next()), Optional.empty());
        }
        account(place, objects, result);
        addReferences(
                place,
                objects.stream()
                        .filter(object -> !errors.containsKey(object.id()))
                        .toList());
        return errors;
    }

    private WriteResult through(Place place, List<StoredObject> objects) throws MigrationException {
        var busy = false;
        try {
            gate.enter(objects.size());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new MigrationException.Stopped("interrupted");
        }
        try {
            return job.target().objects().write(job.shape(place), place, objects);
        } catch (MigrationException problem) {
            busy = problem.passing();
            throw problem;
        } finally {
            gate.leave(busy);
        }
    }

    private void account(Place place, List<StoredObject> objects, WriteResult result) throws MigrationException {
        var tally = job.tally();
        tally.written.addAndGet(objects.size() - result.errors().size());
        tally.bytes.addAndGet(objects.stream().mapToLong(StoredObject::bytes).sum());
        for (var error : result.errors().entrySet()) {
            if (!RestFailure.passes(error.getValue())) {
                tally.refuse(error.getKey(), error.getValue());
                if (tally.refused() > HOPELESS && tally.refused() > tally.written.get()) {
                    throw new MigrationException.Impossible("the target refuses most objects, such as %s %s: %s"
                            .formatted(place, error.getKey(), error.getValue()));
                }
            }
        }
    }

    /** Of objects that were just written, which have none. */
    private void addReferences(Place place, List<StoredObject> objects) throws MigrationException {
        var references = references(objects);
        if (references.isEmpty()) {
            return;
        }
        try {
            told(job.target().schema().addReferences(place, references));
        } catch (MigrationException problem) {
            if (!problem.passing()) {
                throw problem;
            }
            // Some may have been added, and a second time would be one too many.
            references(place, objects);
        }
    }

    /** Adds the references that objects on the target lack. */
    void references(Place place, List<StoredObject> objects) throws MigrationException {
        var having = objects.stream()
                .filter(object -> !object.references().isEmpty())
                .toList();
        if (having.isEmpty()) {
            return;
        }
        job.target().retries().order(() -> {
            var ids = having.stream().map(StoredObject::id).toList();
            var there = job.target().find(job.shape(place), place, ids);
            var missing = new ArrayList<Reference>();
            having.stream()
                    .filter(object -> there.containsKey(object.id()))
                    .forEach(object -> missing.addAll(Comparison.missing(object, there.get(object.id()))));
            if (!missing.isEmpty()) {
                told(job.target().schema().addReferences(place, missing));
            }
        });
    }

    private static List<Reference> references(List<StoredObject> objects) {
        var references = new ArrayList<Reference>();
        objects.forEach(object -> object.references()
                .forEach((property, beacons) ->
                        beacons.forEach(beacon -> references.add(new Reference(object.id(), property, beacon)))));
        return references;
    }

    private void told(WriteResult result) {
        result.errors().forEach((id, words) -> job.tally().refuse(id, "reference: " + words));
    }
}
