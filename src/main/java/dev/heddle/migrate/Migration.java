package dev.heddle.migrate;

import dev.heddle.core.migration.Checkpoint.Start;
import dev.heddle.core.migration.MigrationPhase;
import dev.heddle.core.migration.MigrationPlan;
import dev.heddle.core.migration.MigrationPlan.Mode;
import dev.heddle.core.migration.MigrationProgress.Outcome;
import dev.heddle.core.migration.SchemaPlan;
import dev.heddle.core.migration.SchemaPlanner;
import dev.heddle.core.migration.ServerInfo;
import dev.heddle.core.migration.SideSchema;
import dev.heddle.migrate.StopSignal.Reason;
import java.io.PrintStream;
import java.util.Map;
import java.util.Optional;

/** A migration from its plan to its outcome; goes on where an earlier process of the same one ended. */
final class Migration {
    private final MigrationPlan plan;
    private final Sides sides;
    private final Keeper.Surroundings surroundings;
    private final PrintStream out;
    private final StopSignal stop;
    private final Tally tally = new Tally();
    private final MigrationState state;

    /**
     * @param patient the same two, for giving back what was taken: with a patience of seconds, and not stopped by the
     *     signal
     */
    record Sides(Side source, Side target, Map<String, Side> patient) {}

    Migration(MigrationPlan plan, Sides sides, Keeper.Surroundings surroundings, StopSignal stop) {
        this.plan = plan;
        this.sides = sides;
        this.surroundings = surroundings;
        this.out = surroundings.out();
        this.stop = stop;
        this.state = new MigrationState(plan.id(), tally);
    }

    /** Empty when it was told to end and has not come to an outcome. */
    Optional<Outcome> run() {
        try {
            var before = surroundings.store().load();
            if (before.isPresent()) {
                if (!before.get().id().equals(plan.id())) {
                    throw new MigrationException.Malformed("the progress that is there is of another migration, "
                            + before.get().id());
                }
                state.resume(before.get());
                out.println("Goes on with " + state.phase());
            }
        } catch (MigrationException problem) {
            // Without knowing where it stood, anything that is saved now would overwrite what a person may want to see.
            out.println("Failed: " + problem.getMessage());
            return Optional.of(failure(problem));
        }
        var keeper = new Keeper(surroundings, state, stop, plan.deadline());
        var tenants = new TenantCare(sides.source(), sides.target(), state, keeper);
        keeper.start();
        try {
            return Optional.of(outcome(keeper, tenants));
        } catch (MigrationException problem) {
            return ended(keeper.trouble() == null ? problem : keeper.trouble());
        } finally {
            giveBack(tenants);
            keeper.close();
            keeper.tell();
        }
    }

    private Optional<Outcome> ended(MigrationException problem) {
        if (stop.by(Reason.TERMINATED)) {
            state.say(problem.getMessage());
            out.println("Stopped: " + problem.getMessage());
            return Optional.empty();
        }
        var outcome = stop.by(Reason.DEADLINE) ? Outcome.TIMED_OUT : failure(problem);
        var words = outcome == Outcome.TIMED_OUT ? "The deadline passed" : problem.getMessage();
        state.end(outcome, words);
        out.println(outcome == Outcome.TIMED_OUT ? words : "Failed: " + words);
        return Optional.of(outcome);
    }

    private static Outcome failure(MigrationException problem) {
        return problem.passing() ? Outcome.UNREACHABLE : Outcome.FAILED;
    }

    private void giveBack(TenantCare tenants) {
        state.wantFreeze(false);
        try {
            tenants.closeAll(sides.patient());
        } catch (MigrationException problem) {
            out.println("Tenants stay active until the next attempt: " + problem.getMessage());
        }
    }

    private Outcome outcome(Keeper keeper, TenantCare tenants) throws MigrationException {
        tenants.closeAll(sides.patient());
        var schema = schema(keeper);
        var job = new Job(plan, sides.source(), sides.target(), schema.shapes(), state.start(), tally);
        if (plan.mode() == Mode.SCHEMA_ONLY) {
            aliases(schema);
            return end("Collections and aliases are made");
        }
        var objects = new ObjectPhases(job, state, tenants, keeper, stop);
        objects.look();
        switch (plan.mode()) {
            case DRY_RUN -> {
                return end("Would copy %d objects of %d collections; those of inactive tenants are not counted"
                        .formatted(tally.total.get(), schema.shapes().size()));
            }
            case VERIFY -> objects.verify();
            default -> {
                objects.copy();
                objects.catchUp();
                aliases(schema);
                objects.agree();
            }
        }
        return verified(objects);
    }

    private void aliases(SchemaPlan schema) throws MigrationException {
        state.enter(MigrationPhase.ALIASES, "Makes aliases");
        var target = sides.target();
        var there = target.retries().call(attempt -> target.schema().aliases());
        for (var alias : schema.aliases().entrySet()) {
            if (!there.containsKey(alias.getKey())) {
                target.retries().order(() -> target.schema().createAlias(alias.getKey(), alias.getValue()));
            }
        }
    }

    private Outcome end(String words) {
        state.enter(MigrationPhase.DONE, words);
        state.end(Outcome.EQUAL, words);
        out.println(words);
        return Outcome.EQUAL;
    }

    private Outcome verified(ObjectPhases objects) {
        var differences = tally.differences();
        if (differences.count() == 0) {
            return end("Both sides are equal: %d objects, %d of them compared in full"
                    .formatted(tally.done.get(), objects.compared()));
        }
        var words = "%d differences, such as: %s"
                .formatted(differences.count(), differences.first().getFirst());
        state.enter(MigrationPhase.DONE, words);
        state.end(Outcome.DIFFERENT, words);
        differences.first().forEach(out::println);
        out.println("%d differences".formatted(differences.count()));
        return Outcome.DIFFERENT;
    }

    /** Makes it, unless the mode is one that writes nothing. */
    private SchemaPlan schema(Keeper keeper) throws MigrationException {
        var from = look(sides.source());
        var to = look(sides.target());
        var begun = state.phase() != MigrationPhase.CHECKING;
        if (!begun) {
            state.begin(new Start(from.info().clock(), to.info().clock()));
        }
        var schema = SchemaPlanner.plan(plan, from, to, begun);
        schema.notes().forEach(note -> out.println("Note: " + note));
        if (!schema.problems().isEmpty()) {
            throw new MigrationException.Impossible(String.join("; ", schema.problems()));
        }
        state.size(schema.shapes().size(), 0);
        if (plan.mode() == Mode.DRY_RUN || plan.mode() == Mode.VERIFY) {
            return schema;
        }
        if (!begun) {
            state.enter(MigrationPhase.SCHEMA, "Makes collections");
            keeper.flush();
        }
        var target = sides.target();
        for (var definition : schema.collections()) {
            target.retries().call(attempt -> {
                // An attempt that got no answer may have made it.
                var name = definition.path("class").asText();
                if (attempt == 0 || !target.schema().collections().containsKey(name)) {
                    target.schema().create(definition);
                }
                return true;
            });
        }
        for (var property : schema.properties()) {
            target.retries().order(() -> target.schema().addProperty(property.collection(), property.property()));
        }
        return schema;
    }

    private SideSchema look(Side side) throws MigrationException {
        return new SideSchema(
                side.retries().call(attempt -> first(side)),
                side.retries().call(attempt -> side.schema().collections()),
                side.retries().call(attempt -> side.schema().aliases()));
    }

    /** A side that cannot be reached is told of at once, and not after minutes of patience. */
    private ServerInfo first(Side side) throws MigrationException {
        try {
            return side.schema().info();
        } catch (MigrationException problem) {
            if (problem.passing() && state.phase() == MigrationPhase.CHECKING) {
                state.say("%s does not answer: %s".formatted(side.name(), problem.getMessage()));
            }
            throw problem;
        }
    }
}
