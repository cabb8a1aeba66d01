package dev.heddle.core.version;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.version.Resolution.Outcome;
import dev.heddle.core.version.Resolution.Question;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ResolutionTest {
    private static final List<String> KNOWN = List.of(
            "1.27.0",
            "1.34.9",
            "1.35.2",
            "1.35.10",
            "1.36.0",
            "1.37.0-rc.0",
            "v1.38.0",
            "latest",
            "1.99",
            "01.40.0",
            "");
    private static final Optional<MaintenanceWindow.State> NO_WINDOW = Optional.empty();
    private static final Optional<MaintenanceWindow.State> OPEN =
            Optional.of(new MaintenanceWindow.State(true, Optional.empty()));
    private static final Optional<MaintenanceWindow.State> CLOSED =
            Optional.of(new MaintenanceWindow.State(false, Optional.of(Instant.parse("2026-11-22T02:00:00Z"))));

    @ParameterizedTest
    @CsvSource({
        ">=v1.0.0, 1.36.0",
        "~1.34, 1.34.9",
        "~1.35, 1.35.10",
        "1.x, 1.36.0",
        "*, 1.36.0",
        "1.35, 1.35.10",
        "^1.34.0, 1.36.0",
        ">=1.30 <1.35, 1.34.9",
        "1.27 - 1.34, 1.34.9",
        "~1.27 || ~1.35, 1.35.10",
        // Of these the library alone would drop the tilde, the caret and the hyphen.
        "~1.35 <1.35.9, 1.35.2",
        "<1.36 ^1.34, 1.35.10",
        "~1.34 || >=1.35 <1.35.9, 1.35.2",
        "1.27 - 1.34 || ~1.35 <1.35.9, 1.35.2",
        ">= v1.34 < 1.35, 1.34.9",
        "1.35.2, 1.35.2",
        "v1.35.2, 1.35.2",
        "' 1.35.2 ', 1.35.2",
        // Exact: the catalog need not know it.
        "1.36.7, 1.36.7",
    })
    void takesTheNewestReleaseThatFits(String constraint, String version) {
        var resolved = Resolution.of(fresh(constraint));

        assertThat(resolved.outcome()).as(resolved.message()).isEqualTo(Outcome.RESOLVED);
        assertThat(resolved.version()).hasValue(version);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"~1.37", ">=1.37.0-rc.0", ">2", "~1.38", "<1.27.0", "1.99.x", "~1.35.3 <1.35.9", "~1.34 ~1.35"})
    void knowsWhenNothingFits(String constraint) {
        var resolved = Resolution.of(fresh(constraint));

        assertThat(resolved.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(resolved.reason()).isEqualTo("NoVersionFits");
        assertThat(resolved.version()).isEmpty();
        assertThat(resolved.message()).contains(constraint);
    }

    @ParameterizedTest
    @ValueSource(strings = {">=", "<1.2.3.4", ">=1.x.y", "one", "%s %d", "~1.34 ||", "|| 1.x", "1.27 - 1.34 <1.30"})
    void refusesWhatIsNoConstraint(String constraint) {
        var resolved = Resolution.of(running(constraint, "1.35.2", NO_WINDOW));

        assertThat(resolved.reason()).isEqualTo("InvalidConstraint");
        assertThat(resolved.version()).as("what runs stays").hasValue("1.35.2");
    }

    @Test
    void staysUntilTheWindowOpens() {
        var waiting = Resolution.of(running(">=1.34", "1.35.2", CLOSED));

        assertThat(waiting.outcome()).isEqualTo(Outcome.WAITING);
        assertThat(waiting.version()).hasValue("1.35.2");
        assertThat(waiting.message()).contains("1.36.0 waits", "2026-11-22T02:00:00Z");
        assertThat(Resolution.of(running(">=1.34", "1.35.2", OPEN)).version()).hasValue("1.36.0");
        assertThat(Resolution.of(running(">=1.34", "1.35.2", NO_WINDOW)).version())
                .hasValue("1.36.0");
    }

    @Test
    void startsAtOnceWhateverTheWindow() {
        var first = new Question("1.x", KNOWN, Optional.empty(), Optional.empty(), CLOSED, false);

        assertThat(Resolution.of(first).version()).hasValue("1.36.0");
    }

    @Test
    void saysWhenNoWindowEverOpens() {
        var never = Optional.of(new MaintenanceWindow.State(false, Optional.<Instant>empty()));

        assertThat(Resolution.of(running("1.x", "1.35.2", never)).message()).contains("none ever opens");
    }

    @Test
    void neverGoesBack() {
        var refused = Resolution.of(running("~1.34", "1.35.2", OPEN));

        assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(refused.reason()).isEqualTo("DowngradeRefused");
        assertThat(refused.version()).hasValue("1.35.2");
        assertThat(refused.message()).contains("1.34.9", "1.35.2 is kept");
    }

    @Test
    void staysWhenAReleaseIsWithdrawn() {
        var resolved = Resolution.of(running("1.x", "1.36.5", OPEN));

        assertThat(resolved.outcome()).isEqualTo(Outcome.RESOLVED);
        assertThat(resolved.version()).hasValue("1.36.5");
    }

    /** On the way to a version that does not start, a narrower constraint leads back to what runs. */
    @Test
    void turnsBackFromAVersionThatDoesNotRunYet() {
        var asked = new Question("~1.35", KNOWN, Optional.of("1.36.0"), Optional.of("1.35.10"), NO_WINDOW, false);

        assertThat(Resolution.of(asked).version()).hasValue("1.35.10");
    }

    /** Whether going back is possible is for the WeaviateCluster to judge, which knows what ran. */
    @Test
    void takesAnExactVersionAtItsWord() {
        assertThat(Resolution.of(running("1.35.2", "1.35.10", NO_WINDOW)).version())
                .hasValue("1.35.2");
        assertThat(Resolution.of(running("1.36.0", "1.35.2", CLOSED)).version()).hasValue("1.35.2");
    }

    @Test
    void holdsAnAdoptedClusterThatFits() {
        var held = new Question(">=v1.0.0", KNOWN, Optional.of("1.35.2"), Optional.of("1.35.2"), NO_WINDOW, true);
        var unfit = new Question("~1.36", KNOWN, Optional.of("1.35.2"), Optional.of("1.35.2"), NO_WINDOW, true);
        var due = new Question(">=v1.0.0", KNOWN, Optional.of("1.35.2"), Optional.of("1.35.2"), OPEN, true);

        assertThat(Resolution.of(held).version()).hasValue("1.35.2");
        assertThat(Resolution.of(held).message()).contains("spec.maintenanceWindow");
        assertThat(Resolution.of(unfit).version()).hasValue("1.36.0");
        assertThat(Resolution.of(due).version()).hasValue("1.36.0");
    }

    @Test
    void changesNothingWhileSuspended() {
        assertThat(Resolution.suspended(running("*", "1.27.0", OPEN)).version()).hasValue("1.27.0");
    }

    @ParameterizedTest
    @CsvSource({
        "1.27.0, 1.27.0, 1.27.0",
        "1.34.9, 1.35.2, 1.35.2",
        "1.34.9, 1.36.0, 1.35.10",
        // Nothing is known of 1.28: the WeaviateCluster says so.
        "1.27.0, 1.36.0, 1.36.0",
        "1.36.0, 1.35.2, 1.35.2",
        "1.35.2, 2.0.0, 2.0.0",
    })
    void climbsOneMinorAtATime(String from, String to, String rung) {
        assertThat(Resolution.rung(from, to, KNOWN)).isEqualTo(rung);
    }

    private static Question fresh(String constraint) {
        return new Question(constraint, KNOWN, Optional.empty(), Optional.empty(), NO_WINDOW, false);
    }

    private static Question running(String constraint, String version, Optional<MaintenanceWindow.State> window) {
        return new Question(constraint, KNOWN, Optional.of(version), Optional.of(version), window, false);
    }
}
