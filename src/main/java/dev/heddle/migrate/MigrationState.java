package dev.heddle.migrate;

import dev.heddle.core.migration.Checkpoint;
import dev.heddle.core.migration.Checkpoint.Activated;
import dev.heddle.core.migration.Checkpoint.Start;
import dev.heddle.core.migration.Ledger;
import dev.heddle.core.migration.MigrationPhase;
import dev.heddle.core.migration.MigrationProgress;
import dev.heddle.core.migration.MigrationProgress.Objects;
import dev.heddle.core.migration.MigrationProgress.Outcome;
import dev.heddle.core.migration.Pace;
import dev.heddle.core.migration.Place;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where a migration stands now; what is saved of it. For several threads. */
final class MigrationState {
    private final String id;
    private final Tally tally;
    private final Pace pace = new Pace();
    private final Map<Place, Map<String, String>> activated = new TreeMap<>();
    private MigrationPhase phase = MigrationPhase.CHECKING;
    private Start start = new Start(0, 0);
    private Ledger ledger = Ledger.of(List.of());
    /** Of an earlier process, until there is a ledger. */
    private List<Checkpoint.Run> done = List.of();

    private List<Checkpoint.OpenPlace> open = List.of();
    private int collections;
    private int tenants;
    private Outcome outcome;
    private String message = "";
    private boolean freezeWanted;
    private boolean resumed;

    MigrationState(String id, Tally tally) {
        this.id = id;
        this.tally = tally;
    }

    synchronized void resume(Checkpoint checkpoint) {
        resumed = checkpoint.phase() != MigrationPhase.CHECKING;
        phase = checkpoint.phase();
        start = checkpoint.start();
        done = checkpoint.done();
        open = checkpoint.open();
        checkpoint.activated().forEach(one -> activated.put(Ledger.place(one.place()), one.formerStatus()));
        tally.resume(checkpoint.counters());
    }

    synchronized void begin(Start clocks) {
        start = clocks;
    }

    synchronized Start start() {
        return start;
    }

    synchronized MigrationPhase phase() {
        return phase;
    }

    synchronized void enter(MigrationPhase next, String words) {
        phase = next;
        message = words;
    }

    synchronized void say(String words) {
        message = words;
    }

    synchronized void size(int howManyCollections, int howManyTenants) {
        collections = howManyCollections;
        tenants = howManyTenants;
    }

    /** For {@link MigrationPhase#COPYING}. */
    synchronized Ledger copying(List<Place> places) {
        ledger = new Ledger(places, done, open, resumed);
        done = List.of();
        open = List.of();
        return ledger;
    }

    synchronized void wantFreeze(boolean wanted) {
        freezeWanted = wanted;
    }

    synchronized void end(Outcome how, String words) {
        outcome = how;
        message = words;
        freezeWanted = false;
    }

    synchronized void activate(Place place, Map<String, String> formerStatus) {
        activated.put(place, formerStatus);
    }

    synchronized void gaveBack(Place place) {
        activated.remove(place);
    }

    synchronized Map<Place, Map<String, String>> activated() {
        return new TreeMap<>(activated);
    }

    synchronized Checkpoint checkpoint() {
        // First what is done, then what was counted: a count that is behind is corrected by the next one.
        var runs = done.isEmpty() ? ledger.runs() : done;
        var openPlaces = done.isEmpty() && open.isEmpty() ? ledger.openPlaces() : open;
        return new Checkpoint(
                Checkpoint.VERSION,
                id,
                phase,
                start,
                runs,
                openPlaces,
                activated.entrySet().stream()
                        .map(entry -> new Activated(Ledger.key(entry.getKey()), entry.getValue()))
                        .toList(),
                tally.counters());
    }

    /** @param millis since 1970 */
    synchronized MigrationProgress progress(long millis) {
        pace.at(millis, tally.done.get());
        var total = tally.total.get();
        var objects = new Objects(
                total, tally.done.get(), tally.written.get(), tally.resent.get(), tally.kept.get(), tally.bytes.get());
        return new MigrationProgress(
                id,
                phase,
                millis / 1000,
                collections,
                tenants,
                objects,
                pace.perSecond(),
                outcome == null ? pace.secondsLeft(total - tally.done.get()) : 0,
                tally.differences(),
                outcome,
                message,
                freezeWanted);
    }
}
