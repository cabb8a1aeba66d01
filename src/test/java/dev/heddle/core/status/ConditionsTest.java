package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {
    private static final Instant THEN = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    @Test
    void keepsTheTimeOfAnUnchangedStatus() {
        var before = new Conditions(List.of(), 1, THEN)
                .add("Ready", false, "Old", "old")
                .add("Stalled", true, "Old", "old")
                .build();

        var after = new Conditions(before, 2, NOW)
                .add("Ready", false, "New", "new")
                .add("Stalled", false, "New", "new")
                .add("Fresh", "Unknown", "New", "new")
                .build();

        assertThat(after)
                .extracting(condition -> condition.getLastTransitionTime())
                .containsExactly("2026-01-01T00:00:00Z", "2026-01-02T03:04:05Z", "2026-01-02T03:04:05Z");
        assertThat(after).allSatisfy(condition -> {
            assertThat(condition.getReason()).isEqualTo("New");
            assertThat(condition.getObservedGeneration()).isEqualTo(2);
        });
    }

    @Test
    void forgetsWhatIsNotAddedAgain() {
        var before =
                new Conditions(List.of(), 1, THEN).add("Gone", true, "A", "a").build();

        assertThat(new Conditions(before, 1, NOW).add("Ready", true, "B", "b").build())
                .extracting(condition -> condition.getType())
                .containsExactly("Ready");
    }

    @Test
    void standsNoPreviousConditionsAndOddOnes() {
        assertThat(new Conditions(null, 1, NOW).add("Ready", true, "A", "a").build())
                .hasSize(1);
        var odd = List.of(new ConditionBuilder().withType("Ready").build());
        assertThat(new Conditions(odd, 1, NOW)
                        .add("Ready", true, "A", "a")
                        .build()
                        .getFirst()
                        .getLastTransitionTime())
                .isEqualTo("2026-01-02T03:04:05Z");
    }

    @Test
    void finds() {
        var list = new Conditions(null, 1, NOW).add("Ready", true, "A", "a").build();

        assertThat(Conditions.find(list, "Ready")).isPresent();
        assertThat(Conditions.find(list, "Other")).isEmpty();
        assertThat(Conditions.find(List.of(), "Ready")).isEmpty();
    }
}
