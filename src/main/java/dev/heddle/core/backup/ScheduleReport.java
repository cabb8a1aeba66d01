package dev.heddle.core.backup;

import dev.heddle.core.backup.BackupSituation.Obstacle;
import java.time.Instant;
import java.util.Optional;

/**
 * What a turn found out about a schedule, beyond its Backups.
 *
 * @param obstacle why nothing begins and nothing is deleted
 * @param taken a run that was missed because its name is somebody else's; the schedule itself is well
 * @param activity what is waited for or done, other than that a backup goes on
 * @param scheduled due time of the last run that is settled
 * @param missed due time of the last run that was missed
 * @param handled value of the annotation that was acted on
 * @param next when the next run begins
 */
public record ScheduleReport(
        Optional<Obstacle> obstacle,
        Optional<Obstacle> taken,
        Optional<Activity> activity,
        Optional<Instant> scheduled,
        Optional<Instant> missed,
        Optional<String> handled,
        Optional<Instant> next) {

    /** @param message a sentence */
    public record Activity(String reason, String message) {}
}
