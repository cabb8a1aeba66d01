package dev.heddle.migrate;

import dev.heddle.core.migration.CollectionShape;
import dev.heddle.core.migration.IdAndTime;
import dev.heddle.core.migration.Place;
import dev.heddle.core.migration.StoredObject;
import dev.heddle.core.migration.WriteResult;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Objects of one side. Every call asks once, without trying again, and returns or throws within a time limit; calls come
 * from several threads at once. Pages are in the order of ids, as unsigned numbers of 128 bits; an empty one is the end,
 * a short one is not. A tenant that is not active is {@link MigrationException.Refused}.
 */
public interface ObjectChannel extends AutoCloseable {

    /** @param after exclusive, need not be an object's; empty for the beginning */
    List<StoredObject> read(CollectionShape shape, Place place, Optional<UUID> after, int limit)
            throws MigrationException;

    /** As {@link #read}, without properties and vectors. */
    List<IdAndTime> ids(Place place, Optional<UUID> after, int limit) throws MigrationException;

    /**
     * Makes or replaces objects, with their vectors and without their references (which {@link
     * SchemaChannel#addReferences} adds). At consistency level QUORUM.
     */
    WriteResult write(CollectionShape shape, Place place, List<StoredObject> objects) throws MigrationException;

    /** Exact. */
    long count(Place place) throws MigrationException;

    @Override
    void close();
}
