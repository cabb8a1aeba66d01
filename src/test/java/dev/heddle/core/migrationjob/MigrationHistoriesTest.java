package dev.heddle.core.migrationjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.Migration;
import dev.heddle.api.cloud.v1alpha1.MigrationPhase;
import dev.heddle.core.migration.MigrationProgress;
import dev.heddle.core.migrationjob.JobReport.Cause;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Migrations from beginning to end, with a user who changes the mind and an operator that dies between two steps. */
class MigrationHistoriesTest {
    private static final int TOTAL = 4000;
    private static final Duration A_LOOK = Duration.ofSeconds(10);
    private static final int LOOKS = 2000;

    static LongStream seeds() {
        return LongStream.range(0, 300);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void endsWithEverythingCopiedOrSaysWhyNot(long seed) {
        var world = new World(new Random(seed));
        for (int look = 0; look < LOOKS && !world.over(); look++) {
            world.trouble(look < LOOKS / 2);
            world.look();
            world.pass();
        }

        var status = world.migration.getStatus();
        assertThat(world.over()).as("ended").isTrue();
        assertThat(world.stints)
                .as("time that Jobs ran")
                .isLessThanOrEqualTo(
                        Duration.ofHours(2).plus(MigrationPlanner.GRACE).plus(A_LOOK.multipliedBy(4)));
        if (status.phase() == MigrationPhase.SUCCEEDED) {
            assertThat(world.done).isEqualTo(TOTAL);
            assertThat(status.percent()).isEqualTo(100);
        } else {
            assertThat(status.conditions()).anySatisfy(condition -> {
                assertThat(condition.getType()).isEqualTo("Stalled");
                assertThat(condition.getStatus()).isEqualTo("True");
                assertThat(condition.getMessage()).isNotBlank();
            });
        }
    }

    private enum Job {
        NONE,
        WORKING,
        ENDING,
        COMPLETE,
        FAILED
    }

    private static final class World {
        private final Random random;
        private final Migration migration = Migrations.of(Migrations.CLUSTERS + "  timeout: 2h");
        private Instant now = Migrations.NOW;
        private Job job = Job.NONE;
        private String digest = "";
        private int done;
        private Duration stints = Duration.ZERO;

        World(Random random) {
            this.random = random;
        }

        boolean over() {
            return MigrationRecord.of(migration).over();
        }

        void trouble(boolean still) {
            boolean suspended = Boolean.TRUE.equals(migration.getSpec().suspend());
            if (!still && suspended || still && random.nextInt(40) == 0) {
                spec(suspended ? "" : "suspend: true");
            } else if (still && !suspended && random.nextInt(60) == 0) {
                spec("parallelism: " + (1 + random.nextInt(8)));
            }
            if (still && random.nextInt(80) == 0 && job == Job.WORKING) {
                job = random.nextBoolean() ? Job.NONE : Job.FAILED;
            }
        }

        private void spec(String more) {
            migration.setSpec(Migrations.of(Migrations.CLUSTERS + "  timeout: 2h\n  " + more)
                    .getSpec());
            migration.getMetadata().setGeneration(migration.getMetadata().getGeneration() + 1);
        }

        /** One reconcile; the operator may die before each write. */
        void look() {
            var sides = Migrations.sides(migration);
            var record = MigrationRecord.of(migration);
            var seen = new MigrationSituation(
                    record,
                    MigrationJob.wish(migration.getSpec()),
                    MigrationJob.obstacle(migration.getSpec(), sides, Migrations.IMAGE),
                    report(),
                    job == Job.WORKING && !digest.equals(digest(sides, record)),
                    progress(),
                    now);
            var step = MigrationPlanner.next(seen);
            if (step instanceof MigrationStep.Begin) {
                if (dies()) {
                    return;
                }
                migration.setStatus(MigrationStatusBuilder.of(migration, sides, step, seen));
                seen = seen.with(MigrationStatusBuilder.record(step, seen));
                assertThat(MigrationRecord.of(migration)).isEqualTo(seen.record());
                step = MigrationPlanner.next(seen);
            }
            if (dies()) {
                return;
            }
            act(step, sides, seen.record());
            if (!dies()) {
                migration.setStatus(MigrationStatusBuilder.of(migration, sides, step, seen));
            }
        }

        private void act(MigrationStep step, MigrationSides sides, MigrationRecord record) {
            if (step instanceof MigrationStep.Stop) {
                assertThat(job).isNotIn(Job.NONE, Job.ENDING);
                job = Job.ENDING;
            } else if (step instanceof MigrationStep.Launch) {
                assertThat(job).as("never two at once").isEqualTo(Job.NONE);
                assertThat(migration.getSpec().suspend()).isNotEqualTo(true);
                job = Job.WORKING;
                digest = digest(sides, record);
            }
        }

        /** What others do meanwhile. */
        void pass() {
            now = now.plus(A_LOOK);
            if (job == Job.WORKING) {
                stints = stints.plus(A_LOOK);
                done = Math.min(TOTAL, done + random.nextInt(60));
                job = done == TOTAL ? Job.COMPLETE : job;
            } else if (job == Job.ENDING && random.nextBoolean()) {
                job = Job.NONE;
            }
        }

        private boolean dies() {
            return random.nextInt(10) == 0;
        }

        private String digest(MigrationSides sides, MigrationRecord record) {
            return MigrationJob.of(migration, sides, record, Migrations.IMAGE).digest();
        }

        private JobReport report() {
            return switch (job) {
                case NONE -> new JobReport.Absent();
                case WORKING -> new JobReport.Working(Optional.empty());
                case ENDING -> new JobReport.Ending();
                case COMPLETE -> new JobReport.Complete();
                case FAILED -> new JobReport.Failed(Cause.OTHER, Optional.of(1), "a pod ended.");
            };
        }

        private Optional<MigrationProgress> progress() {
            return done == 0
                    ? Optional.empty()
                    : Optional.of(Migrations.progress(
                            done == TOTAL
                                    ? dev.heddle.core.migration.MigrationPhase.DONE
                                    : dev.heddle.core.migration.MigrationPhase.COPYING,
                            done,
                            "copying"));
        }
    }
}
