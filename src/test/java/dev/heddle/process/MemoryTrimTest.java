package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemoryTrimTest {

    @Test
    void readsResidentMemory() {
        assertThat(MemoryTrim.resident(Stream.of("VmHWM:\t   99 kB", "VmRSS:\t   61440 kB", "RssAnon:\t 1 kB")))
                .isEqualTo(60L << 20);
    }

    @Test
    void knowsNothingWhereTheKernelTellsNothing() {
        assertThat(MemoryTrim.resident(Stream.of("Name: heddle"))).isZero();
    }

    @Test
    void trimsWhatHasGrownAndOnceMoreWhenTheWorkIsOver() {
        var trim = new MemoryTrim();
        assertThat(trim.due(100L << 20, Duration.ofMillis(300))).as("start").isTrue();
        // Nothing remembers the size here, so it has grown whenever it is more than the slack.
        assertThat(trim.due(20L << 20, Duration.ofMillis(310))).as("at rest").isTrue();
        assertThat(trim.due(20L << 20, Duration.ofMillis(320))).isFalse();
        assertThat(trim.due(20L << 20, Duration.ofSeconds(3))).as("works").isFalse();
        assertThat(trim.due(20L << 20, Duration.ofSeconds(6))).as("works").isFalse();
        assertThat(trim.due(20L << 20, Duration.ofMillis(6900))).as("at rest").isTrue();
        assertThat(trim.due(20L << 20, Duration.ofMillis(7000))).isFalse();
    }
}
