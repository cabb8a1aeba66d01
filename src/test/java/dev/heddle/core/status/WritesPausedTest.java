package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.Samples;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class WritesPausedTest {
    private static final WeaviateClusterSpec SPEC = Samples.spec("");
    private long generation = 7;

    private Optional<Condition> tell(boolean paused, Optional<Condition> before, int seconds) {
        var now = Samples.NOW.plusSeconds(seconds);
        var conditions = new Conditions(before.map(List::of).orElse(List.of()), generation, now);
        WritesPaused.tell(paused, before, SPEC, conditions, now);
        return conditions.build().stream().findFirst();
    }

    @Test
    void tellsHowLongItTook() {
        assertThat(tell(false, Optional.empty(), 0)).isEmpty();

        var begun = tell(true, Optional.empty(), 0);
        var later = tell(true, begun, 30);
        assertThat(later).isEqualTo(begun);
        var ended = tell(false, later, 62);

        assertThat(ended.orElseThrow().getStatus()).isEqualTo("False");
        assertThat(ended.orElseThrow().getReason()).isEqualTo("Resumed");
        assertThat(ended.orElseThrow().getMessage()).contains(" 62 s");
        assertThat(tell(false, ended, 90)).isEqualTo(ended);
        assertThat(WritesPaused.gaveUp(ended.orElseThrow(), 7L)).isFalse();
    }

    @Test
    void remembersThatItWasTooLongUntilTheSpecChanges() {
        var begun = tell(true, Optional.empty(), 0);
        var ended = tell(false, tell(true, begun, 900), 930);

        assertThat(WritesPaused.gaveUp(ended.orElseThrow(), 7L)).isTrue();
        assertThat(WritesPaused.gaveUp(ended.orElseThrow(), 8L)).isFalse();
        generation = 8;
        assertThat(tell(false, ended, 940)).isEmpty();
    }
}
