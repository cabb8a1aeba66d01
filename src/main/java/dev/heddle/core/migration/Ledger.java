package dev.heddle.core.migration;

import dev.heddle.core.migration.Checkpoint.Key;
import dev.heddle.core.migration.Checkpoint.OpenPlace;
import dev.heddle.core.migration.Checkpoint.OpenRange;
import dev.heddle.core.migration.Checkpoint.Run;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Which parts of which places are done, under way, or still to do. For several threads. Places are opened in their
 * order, so what is done makes at most one run more than there are places open.
 */
public final class Ledger {

    /** A range of ids that one thread works on. Its state belongs to the ledger. */
    public static final class Part {
        private final Place place;
        private final boolean resumed;
        private IdRange left;
        private Optional<UUID> claimed;
        private boolean taken;

        private Part(Place place, IdRange left, boolean resumed) {
            this.place = place;
            this.left = left;
            this.claimed = left.after();
            this.resumed = resumed;
        }

        public Place place() {
            return place;
        }

        /** Whether an earlier process may have copied some of it. */
        public boolean resumed() {
            return resumed;
        }
    }

    private final List<Place> places;
    private final boolean resumed;
    private final BitSet done = new BitSet();
    private final BitSet opened = new BitSet();
    private final Map<Place, List<Part>> open = new TreeMap<>();
    /** What an earlier process left. */
    private final Map<Place, List<OpenRange>> before = new TreeMap<>();

    /** Of places of which nothing is done. */
    public static Ledger of(Collection<Place> places) {
        return new Ledger(places, List.of(), List.of(), false);
    }

    /**
     * @param places all of them; those that the checkpoint does not know are still to do
     * @param resumed whether an earlier process may have begun any of them, before or after its last checkpoint
     */
    public Ledger(Collection<Place> places, List<Run> doneBefore, List<OpenPlace> openBefore, boolean resumed) {
        this.resumed = resumed;
        this.places = places.stream().sorted().toList();
        for (var index = 0; index < this.places.size(); index++) {
            var place = this.places.get(index);
            done.set(index, doneBefore.stream().anyMatch(run -> contains(run, place)));
        }
        opened.or(done);
        openBefore.forEach(one -> before.put(place(one.place()), one.ranges()));
    }

    private static boolean contains(Run run, Place place) {
        return place(run.first()).compareTo(place) <= 0 && place.compareTo(place(run.last())) <= 0;
    }

    /** As a checkpoint names it. */
    public static Key key(Place place) {
        return new Key(place.collection(), place.tenant().orElse(null));
    }

    public static Place place(Key key) {
        return new Place(key.collection(), Optional.ofNullable(key.tenant()));
    }

    /** The next place that nobody has begun; the caller then tells its {@link #ranges} or that it is {@link #finish(Place) done}. */
    public synchronized Optional<Place> openNext() {
        var index = opened.nextClearBit(0);
        if (index >= places.size()) {
            return Optional.empty();
        }
        opened.set(index);
        open.put(places.get(index), new ArrayList<>());
        return Optional.of(places.get(index));
    }

    /** What an earlier process left of a place; empty where it had not begun. */
    public synchronized Optional<List<IdRange>> leftOf(Place place) {
        return Optional.ofNullable(before.get(place)).map(ranges -> ranges.stream()
                .map(range -> new IdRange(Optional.ofNullable(range.after()), Optional.ofNullable(range.upTo())))
                .toList());
    }

    /** @param ranges at least one */
    public synchronized void ranges(Place place, List<IdRange> ranges) {
        var parts = open.get(place);
        ranges.forEach(range -> parts.add(new Part(place, range, resumed)));
        notifyAll();
    }

    /** A part that nobody works on. */
    public synchronized Optional<Part> take() {
        var part = open.values().stream()
                .flatMap(List::stream)
                .filter(one -> !one.taken)
                .findFirst();
        part.ifPresent(one -> one.taken = true);
        return part;
    }

    /** Half of what another thread has before it; the widest part is halved. */
    public synchronized Optional<Part> split() {
        Part widest = null;
        UUID middle = null;
        var width = 0.0;
        for (var parts : open.values()) {
            for (var part : parts) {
                var ahead = new IdRange(part.claimed, part.left.upTo());
                if (part.taken && ahead.middle().isPresent() && ahead.width() > width) {
                    widest = part;
                    middle = ahead.middle().get();
                    width = ahead.width();
                }
            }
        }
        if (widest == null) {
            return Optional.empty();
        }
        var half = new Part(widest.place, new IdRange(Optional.of(middle), widest.left.upTo()), widest.resumed);
        half.taken = true;
        widest.left = new IdRange(widest.left.after(), Optional.of(middle));
        open.get(widest.place).add(half);
        return Optional.of(half);
    }

    /** What is left of a part now. */
    public synchronized IdRange left(Part part) {
        return part.left;
    }

    /**
     * Objects of a page that still belong to the part, which from then on is not split before the last of them.
     *
     * @param page in the order of ids
     */
    public synchronized List<StoredObject> claim(Part part, List<StoredObject> page) {
        var mine =
                page.stream().filter(object -> part.left.contains(object.id())).toList();
        if (!mine.isEmpty()) {
            part.claimed = Optional.of(mine.getLast().id());
        }
        return mine;
    }

    /** Everything up to an id is on the target. */
    public synchronized void acknowledge(Part part, UUID upTo) {
        part.left = part.left.from(upTo);
    }

    /** Returns whether it was the last of its place, which then is done. */
    public synchronized boolean finish(Part part) {
        var parts = open.get(part.place);
        parts.remove(part);
        if (parts.isEmpty()) {
            finish(part.place);
        }
        notifyAll();
        return parts.isEmpty();
    }

    /** Everything of it is on the target; said of a place without ranges. */
    public synchronized void finish(Place place) {
        open.remove(place);
        before.remove(place);
        done.set(Collections.binarySearch(places, place));
        notifyAll();
    }

    /** Whether nothing is left to do; else waits a moment for news. */
    public synchronized boolean over(long waitMillis) throws InterruptedException {
        if (done.cardinality() == places.size()) {
            return true;
        }
        wait(waitMillis);
        return done.cardinality() == places.size();
    }

    public synchronized List<Run> runs() {
        var runs = new ArrayList<Run>();
        for (var first = done.nextSetBit(0); first >= 0; ) {
            var end = done.nextClearBit(first);
            runs.add(new Run(key(places.get(first)), key(places.get(end - 1))));
            first = done.nextSetBit(end);
        }
        return List.copyOf(runs);
    }

    /** Places of which something may be on the target and something may not. */
    public synchronized List<OpenPlace> openPlaces() {
        var list = new ArrayList<OpenPlace>();
        open.forEach((place, parts) -> {
            if (!parts.isEmpty()) {
                list.add(new OpenPlace(
                        key(place),
                        parts.stream()
                                .map(part -> new OpenRange(
                                        part.left.after().orElse(null),
                                        part.left.upTo().orElse(null)))
                                .toList()));
            } else if (before.containsKey(place)) {
                list.add(new OpenPlace(key(place), before.get(place)));
            }
        });
        before.forEach((place, ranges) -> {
            if (!open.containsKey(place)) {
                list.add(new OpenPlace(key(place), ranges));
            }
        });
        return List.copyOf(list);
    }
}
