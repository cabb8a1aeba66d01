package dev.heddle.core.backup;

import java.util.Optional;

/**
 * One turn about a backup: questions as long as the planner has some, then one step.
 *
 * @param progress what has to be written down; where it is not, the turn is as if it had never been
 */
public record BackupTurn(BackupStep step, BackupProgress progress, Optional<String> littered) {

    /** Those who are asked, and who act. No call throws: that there is no answer is an answer. */
    public interface World {
        RunReport poll(BackupProgress progress);

        RunReport post(BackupProgress progress);

        /** As far as that is possible. */
        void cancel(BackupProgress progress);

        /** Whether the bucket can be read at all. */
        StoreReport probe();

        StoreReport look(String id);

        /** Removes what lies there. @return Nothing where nothing did, Reachable where something was removed */
        StoreReport sweep(String id);
    }

    public static BackupTurn take(BackupSituation seen, World world) {
        var now = seen;
        Optional<String> littered = Optional.empty();
        while (true) {
            var step = BackupPlanner.next(now);
            switch (step) {
                case BackupStep.Poll _ -> now = now.with(world.poll(now.progress()));
                case BackupStep.Post _ -> now = now.with(world.post(now.progress()));
                case BackupStep.Probe _ -> now = now.with(world.probe());
                case BackupStep.Verify _ ->
                    now = now.with(world.look(now.progress().id().orElseThrow()));
                case BackupStep.CleanUp clean -> {
                    var found = world.sweep(clean.id());
                    boolean hurry = now.deletedAt().isPresent() && now.nobodyWrites();
                    if (found instanceof StoreReport.Trouble trouble) {
                        littered = Optional.of(trouble.message());
                        now = now.swept(clean.id(), now.progress());
                    } else {
                        boolean some = !(found instanceof StoreReport.Nothing);
                        now = now.swept(clean.id(), now.progress().swept(clean.id(), some, hurry, now.now()));
                    }
                }
                default -> {
                    return new BackupTurn(step, after(step, now, world), littered);
                }
            }
        }
    }

    private static BackupProgress after(BackupStep step, BackupSituation seen, World world) {
        var progress = seen.progress();
        return switch (step) {
            case BackupStep.Begin begin -> progress.begun(begin.id(), begin.node(), seen.now());
            case BackupStep.Accept _ -> progress.accepted();
            case BackupStep.Written _ -> progress.written(seen.now());
            case BackupStep.Retry _ -> progress.retried(seen.now());
            case BackupStep.Finish finish -> progress.proven(finish.proof());
            case BackupStep.Discard _ -> progress.discarded(seen.now());
            case BackupStep.Fail fail -> {
                if (fail.cancel()) {
                    world.cancel(progress);
                }
                yield progress.failed(fail.cleanUp(), seen.now());
            }
            default -> progress;
        };
    }
}
