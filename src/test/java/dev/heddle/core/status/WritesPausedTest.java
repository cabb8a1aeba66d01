package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Finding;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WritesPausedTest {
    private static final ClusterPlan PLAN = Samples.plan("");
    private long generation = 7;

    private Optional<Condition> tell(ClusterPlan plan, Optional<Condition> before, int seconds) {
        var now = Samples.NOW.plusSeconds(seconds);
        var conditions = new Conditions(before.map(List::of).orElse(List.of()), generation, now);
        WritesPaused.tell(plan, before, conditions, now);
        return conditions.build().stream().findFirst();
    }

    @Test
    void tellsHowLongItTook() {
        assertThat(tell(PLAN, Optional.empty(), 0)).isEmpty();

        var begun = tell(PLAN.pausingWrites(), Optional.empty(), 0);
        var later = tell(PLAN.pausingWrites(), begun, 30);
        assertThat(later).isEqualTo(begun);
        var ended = tell(PLAN, later, 62);

        assertThat(ended.orElseThrow().getStatus()).isEqualTo("False");
        assertThat(ended.orElseThrow().getReason()).isEqualTo("Resumed");
        assertThat(ended.orElseThrow().getMessage()).contains(" 62 s");
        assertThat(tell(PLAN, ended, 90)).isEqualTo(ended);
        assertThat(WritesPaused.gaveUp(ended.orElseThrow(), 7L)).isFalse();
    }

    @Test
    void remembersThatItWasTooLongUntilTheSpecChanges() {
        var begun = tell(PLAN.pausingWrites(), Optional.empty(), 0);
        var tooLong = PLAN.with(List.of(new Finding(Finding.Topic.SPEC, "WritePauseTooLong", "Too long.")));
        var ended = tell(PLAN, tell(tooLong, begun, 900), 930);

        assertThat(WritesPaused.gaveUp(ended.orElseThrow(), 7L)).isTrue();
        assertThat(WritesPaused.gaveUp(ended.orElseThrow(), 8L)).isFalse();
        generation = 8;
        assertThat(tell(PLAN, ended, 940)).isEmpty();
    }
}
