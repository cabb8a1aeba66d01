package dev.heddle.core.restore;

import dev.heddle.core.backup.RunReport;

/**
 * One turn about a restore: questions as long as the planner has some, then one step.
 *
 * @param progress what has to be written down; where it is not, the turn is as if it had never been
 */
public record RestoreTurn(RestoreStep step, RestoreProgress progress) {

    /** Those who are asked, and who act. No call throws: that there is no answer is an answer. */
    public interface World {
        FitReport check();

        /** An earlier restore of the same backup is none: Absent. */
        RunReport poll(RestoreProgress progress);

        RunReport post(RestoreProgress progress);

        /** As far as that is possible. */
        void cancel(RestoreProgress progress);

        PresenceReport look(RestoreProgress progress);

        ProofReport prove(RestoreProgress progress);
    }

    public static RestoreTurn take(RestoreSituation seen, World world) {
        var now = seen;
        while (true) {
            var step = RestorePlanner.next(now);
            var answers = now.answers();
            var progress = now.progress();
            switch (step) {
                case RestoreStep.Check _ -> now = now.with(answers.with(world.check()));
                case RestoreStep.Poll _ -> now = now.with(answers.with(world.poll(progress)));
                case RestoreStep.Post _ -> now = now.with(answers.with(world.post(progress)));
                case RestoreStep.Look _ -> now = now.with(answers.with(world.look(progress)));
                case RestoreStep.Verify _ -> now = now.with(answers.with(world.prove(progress)));
                case RestoreStep.Cancel _ -> {
                    world.cancel(progress);
                    now = now.with(answers.asCanceled());
                }
                default -> {
                    return new RestoreTurn(step, after(step, now, world));
                }
            }
        }
    }

    private static RestoreProgress after(RestoreStep step, RestoreSituation seen, World world) {
        var progress = seen.progress();
        return switch (step) {
            case RestoreStep.Begin begin -> progress.begun(begin.node(), begin.fit(), seen.now());
            case RestoreStep.Accept _ -> progress.accepted();
            case RestoreStep.Written _ -> progress.written(seen.now());
            case RestoreStep.Retry _ -> progress.retried();
            case RestoreStep.Finish _ -> progress.proven();
            case RestoreStep.Fail fail -> {
                if (fail.cancel() && seen.policy().cancels()) {
                    world.cancel(progress);
                }
                yield progress.failed(seen.now());
            }
            default -> progress;
        };
    }
}
