package dev.heddle.migrate;

import dev.heddle.core.migration.IdAndTime;
import dev.heddle.core.migration.IdRange;
import dev.heddle.core.migration.Place;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The ids of a range one by one, asked for in pages. */
final class IdCursor {
    private static final int PAGE = 1000;

    private final Side side;
    private final Place place;
    private final IdRange range;
    private Optional<UUID> after;
    private Iterator<IdAndTime> page = List.<IdAndTime>of().iterator();
    private IdAndTime current;
    private boolean ended;

    IdCursor(Side side, Place place, IdRange range) {
        this.side = side;
        this.place = place;
        this.range = range;
        this.after = range.after();
    }

    /** Null at the end. */
    IdAndTime next() throws MigrationException {
        if (!page.hasNext() && !ended) {
            var ids = side.ids(place, after, PAGE);
            ended = ids.isEmpty();
            after = ids.isEmpty() ? after : Optional.of(ids.getLast().id());
            page = ids.iterator();
        }
        current = page.hasNext() ? page.next() : null;
        if (current != null && range.isBehind(current.id())) {
            current = null;
            ended = true;
            page = List.<IdAndTime>of().iterator();
        }
        return current;
    }

    /** @param source null where only the target has it; {@code target} null where only the source has it */
    interface Visitor {
        void visit(IdAndTime source, IdAndTime target) throws MigrationException;
    }

    /** Every id of either side, once and in order. */
    static void merge(IdCursor source, IdCursor target, Visitor visitor) throws MigrationException {
        var one = source.next();
        var other = target.next();
        while (one != null || other != null) {
            var order = one == null ? 1 : other == null ? -1 : IdRange.compare(one.id(), other.id());
            visitor.visit(order <= 0 ? one : null, order >= 0 ? other : null);
            one = order <= 0 ? source.next() : one;
            other = order >= 0 ? target.next() : other;
        }
    }
}
