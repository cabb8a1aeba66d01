package dev.heddle.migrate;

import dev.heddle.core.migration.Ledger;
import dev.heddle.core.migration.MigrationPhase;
import dev.heddle.core.migration.MigrationPlan.Mode;
import dev.heddle.core.migration.Place;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;

/** Everything about objects: copies them, catches up with the source, compares. */
final class ObjectPhases {
    /** Rounds of comparing and catching up, while clients write to the source. */
    private static final int ROUNDS = 3;
    /** After so few changes another pass is not worth it. */
    private static final long FEW = 100;

    private static final Duration FREEZING = Duration.ofMinutes(2);

    private final Job job;
    private final MigrationState state;
    private final TenantCare tenants;
    private final Keeper keeper;
    private final PlaceRunner runner;
    private final ObjectWriter writer;
    private List<Place> places = List.of();
    private long passBegan;
    private Verification verification;

    ObjectPhases(Job job, MigrationState state, TenantCare tenants, Keeper keeper, StopSignal stop) {
        this.job = job;
        this.state = state;
        this.tenants = tenants;
        this.keeper = keeper;
        this.runner = new PlaceRunner(job, tenants, stop);
        var pace = job.plan().pace();
        this.writer = new ObjectWriter(job, new Gate(pace.parallelism(), pace.rateLimit()));
        this.passBegan = state.start().source();
    }

    /** Finds and counts what there is; makes tenants on the target unless nothing may be written. */
    void look() throws MigrationException {
        places = places();
        runner.count(places);
        // While copying goes on, those of inactive tenants that an earlier process opened are in its figure.
        if (state.phase() != MigrationPhase.COPYING) {
            job.tally().total.set(runner.counted());
        }
    }

    private void begin(MigrationPhase phase, String words) {
        state.enter(phase, words);
        job.tally().done.set(0);
        job.tally().total.set(runner.counted());
    }

    private List<Place> places() throws MigrationException {
        var writing = job.plan().mode() == Mode.COPY;
        var found = new ArrayList<Place>();
        var howMany = 0;
        for (var shape : job.shapes().values()) {
            if (shape.multiTenant()) {
                var names = tenants.list(shape.name(), writing).keySet();
                names.forEach(tenant -> found.add(Place.of(shape.name(), tenant)));
                howMany += names.size();
            } else {
                found.add(Place.of(shape.name()));
            }
        }
        state.size(job.shapes().size(), howMany);
        return List.copyOf(found);
    }

    void copy() throws MigrationException {
        if (state.phase().compareTo(MigrationPhase.COPYING) > 0) {
            return;
        }
        if (state.phase() != MigrationPhase.COPYING) {
            job.tally().done.set(0);
        }
        var ledger = state.copying(places);
        state.enter(MigrationPhase.COPYING, "Copies objects");
        var pace = job.plan().pace();
        try (var readers = Executors.newFixedThreadPool(
                pace.parallelism(), Thread.ofPlatform().name("read-", 0).factory())) {
            try {
                runner.run(ledger, new Copier(job, writer, ledger, readers), true);
            } finally {
                readers.shutdownNow();
            }
        }
    }

    /** Until few changes are left; then, if that is wanted, once more while the source takes no writes. */
    void catchUp() throws MigrationException {
        for (var pass = 0; pass < ROUNDS; pass++) {
            if (pass() <= FEW) {
                break;
            }
        }
        if (job.plan().freezeSource()) {
            freeze();
            pass();
        }
    }

    /** Returns how much had changed. */
    private long pass() throws MigrationException {
        begin(MigrationPhase.CATCHING_UP, "Looks for what changed meanwhile");
        var since = passBegan;
        passBegan = clock();
        places = places();
        var ledger = Ledger.of(places);
        var catchUp = new CatchUp(job, writer, ledger, since);
        runner.run(ledger, catchUp, false);
        return catchUp.changes();
    }

    private long clock() throws MigrationException {
        return job.source()
                .retries()
                .call(attempt -> job.source().schema().info())
                .clock();
    }

    /** The one who can reads of it in the progress. */
    private void freeze() throws MigrationException {
        state.wantFreeze(true);
        state.say("Waits until the source takes no writes");
        keeper.flush();
        for (var second = 0; second < FREEZING.toSeconds(); second++) {
            if (job.source()
                    .retries()
                    .call(attempt -> job.source().schema().info())
                    .readOnly()) {
                return;
            }
            TenantCare.pause();
        }
        throw new MigrationException.Impossible("freezeSource is set, and within %d s nobody made the source read-only"
                .formatted(FREEZING.toSeconds()));
    }

    /** Compares; where clients write meanwhile, catches up and compares again. */
    void agree() throws MigrationException {
        verify();
        for (var round = 1; round < ROUNDS && job.tally().differences().count() > 0; round++) {
            if (pass() == 0) {
                verify();
                return;
            }
            verify();
        }
    }

    void verify() throws MigrationException {
        begin(MigrationPhase.VERIFYING, "Compares both sides");
        job.tally().forgetDifferences();
        var ledger = Ledger.of(places);
        verification = new Verification(job, ledger, clock());
        runner.run(ledger, verification, false);
    }

    /** Objects that were compared in full. */
    long compared() {
        return verification == null ? 0 : verification.compared();
    }
}
