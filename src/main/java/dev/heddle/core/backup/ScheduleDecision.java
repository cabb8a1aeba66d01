package dev.heddle.core.backup;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a schedule asks for now. */
public sealed interface ScheduleDecision {

    /**
     * Make a Backup. One of this name that is there already is this very run.
     *
     * @param scheduledFor due time of the run; empty when somebody asked for it
     * @param missed number of earlier runs that it makes up for, at most {@link SchedulePlanner#COUNTED}
     */
    record Run(String name, Optional<Instant> scheduledFor, int missed) implements ScheduleDecision {}

    /** Cancel these Backups; when they have ended, ask again. */
    record Replace(List<String> active, Instant scheduledFor) implements ScheduleDecision {}

    /** Nothing to do before. */
    record Wait(Instant until) implements ScheduleDecision {}

    /**
     * Runs whose starting deadline is over: remember {@code latest} as scheduled, tell of it, ask again.
     *
     * @param count how many, at most {@link SchedulePlanner#COUNTED}
     */
    record Missed(int count, Instant latest) implements ScheduleDecision {}

    /**
     * A run is due and waits for something to end.
     *
     * @param reason a sentence
     * @param until when it is given up, if it ever is
     */
    record Skip(String reason, Optional<Instant> until) implements ScheduleDecision {}

    /** Nothing runs, whatever is due. */
    record Suspended() implements ScheduleDecision {}
}
