package dev.heddle.migrate;

import dev.heddle.core.migration.Checkpoint.Start;
import dev.heddle.core.migration.CollectionShape;
import dev.heddle.core.migration.IdAndTime;
import dev.heddle.core.migration.MigrationPlan;
import dev.heddle.core.migration.MigrationPlan.OnConflict;
import dev.heddle.core.migration.Place;
import java.util.Map;

/**
 * What every part of a migration needs.
 *
 * @param shapes by collection
 * @param start clocks of both sides when the migration began, whichever process that was
 */
record Job(
        MigrationPlan plan, Side source, Side target, Map<String, CollectionShape> shapes, Start start, Tally tally) {

    CollectionShape shape(Place place) {
        return shapes.get(place.collection());
    }

    /** Whether this migration made an object that is on the target, as far as its time tells. */
    boolean own(IdAndTime onTarget) {
        return plan.onConflict() == OnConflict.FAIL || onTarget.updated() >= start.target();
    }
}
