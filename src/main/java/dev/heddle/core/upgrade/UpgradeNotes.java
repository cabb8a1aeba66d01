package dev.heddle.core.upgrade;

import dev.heddle.api.weaviate.v1.UpgradeStage;
import dev.heddle.api.weaviate.v1.UpgradeStatus;
import dev.heddle.core.common.Version;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** What is written down of a step, read with care: others can write to a status too. */
public final class UpgradeNotes {
    private UpgradeNotes() {}

    /** Empty where there are none that could be acted upon. */
    public static Optional<UpgradeStatus> of(UpgradeStatus written) {
        return Optional.ofNullable(written)
                .filter(notes -> notes.stage() != null)
                .filter(notes -> Version.parse(notes.from()).isPresent()
                        && Version.parse(notes.to()).isPresent());
    }

    /** The version that the StatefulSet is to have. */
    public static String version(UpgradeStatus notes) {
        return switch (notes.stage()) {
            case ROLLING, STOPPED -> notes.to();
            case BACKINGUP, ROLLINGBACK, ROLLEDBACK -> notes.from();
        };
    }

    /** The newest version that may have written to the volumes. */
    public static String touched(UpgradeStatus notes) {
        boolean mayHave = notes.stage() != UpgradeStage.BACKINGUP && notes.stage() != UpgradeStage.ROLLEDBACK;
        var from = Version.parse(notes.from()).orElseThrow();
        var to = Version.parse(notes.to()).orElseThrow();
        return (mayHave && to.compareTo(from) > 0 ? to : from).toString();
    }

    /** Whether the step changes the patch only. */
    public static boolean sameMinor(UpgradeStatus notes) {
        return Version.parse(notes.from())
                .orElseThrow()
                .sameMinor(Version.parse(notes.to()).orElseThrow());
    }

    /** Whether the step leads to an earlier patch of the same minor. */
    static boolean earlierPatch(UpgradeStatus notes, String version) {
        var to = Version.parse(notes.to()).orElseThrow();
        return Version.parse(version)
                .filter(other -> other.sameMinor(to) && other.compareTo(to) > 0)
                .isPresent();
    }

    static Instant since(UpgradeStatus notes, Instant now) {
        try {
            return notes.since() == null ? now : Instant.parse(notes.since());
        } catch (DateTimeException unreadable) {
            return now;
        }
    }

    static UpgradeStatus begin(Upgrade seen, String to, Optional<String> backup, Instant now) {
        return new UpgradeStatus(
                seen.running(),
                to,
                seen.wanted(),
                backup.isPresent() ? UpgradeStage.BACKINGUP : UpgradeStage.ROLLING,
                seconds(now),
                null,
                backup.orElse(null),
                null);
    }

    /** @param why null where there is nothing to say */
    static UpgradeStatus stage(UpgradeStatus notes, UpgradeStage stage, String why, Instant now) {
        return new UpgradeStatus(
                notes.from(), notes.to(), notes.wanted(), stage, seconds(now), notes.led(), notes.backup(), why);
    }

    /** Another version in the same step: what ran before, what may have led and what was backed up stay as they are. */
    static UpgradeStatus instead(UpgradeStatus notes, String to, String wanted, Instant now) {
        return new UpgradeStatus(
                notes.from(), to, wanted, UpgradeStage.ROLLING, seconds(now), notes.led(), notes.backup(), null);
    }

    /** Taken back because the spec was: nothing failed, so nothing is to be remembered. */
    static UpgradeStatus unwanted(UpgradeStatus notes) {
        return new UpgradeStatus(
                notes.from(),
                notes.to(),
                null,
                notes.stage(),
                notes.since(),
                notes.led(),
                notes.backup(),
                notes.message());
    }

    static UpgradeStatus led(UpgradeStatus notes) {
        return new UpgradeStatus(
                notes.from(),
                notes.to(),
                notes.wanted(),
                notes.stage(),
                notes.since(),
                true,
                notes.backup(),
                notes.message());
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
