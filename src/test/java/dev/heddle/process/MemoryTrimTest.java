package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.process.MemoryTrim.Resident;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MemoryTrimTest {
    private static final Resident SMALL = new Resident(20L << 20, 10L << 20);

    @Test
    void readsResidentMemory() {
        assertThat(Resident.of(
                        Stream.of("VmHWM:\t   99 kB", "VmRSS:\t   61440 kB", "RssAnon:\t 1 kB", "RssFile:\t 2048 kB")))
                .isEqualTo(new Resident(60L << 20, 2L << 20));
    }

    @Test
    void knowsNothingWhereTheKernelTellsNothing() {
        assertThat(Resident.of(Stream.of("Name: heddle"))).isEqualTo(new Resident(0, 0));
    }

    @Test
    void trimsWhatHasGrownAndOnceMoreWhenTheWorkIsOver() {
        var trim = new MemoryTrim();
        assertThat(trim.due(large(), Duration.ofMillis(300))).as("start").isTrue();
        // Nothing remembers the size here, so it has grown whenever it is more than the slack.
        assertThat(trim.due(SMALL, Duration.ofMillis(310))).isFalse();
        assertThat(trim.due(SMALL, Duration.ofMillis(315))).as("at rest").isTrue();
        assertThat(trim.due(SMALL, Duration.ofMillis(320))).isFalse();
        assertThat(trim.due(SMALL, Duration.ofSeconds(3))).as("works").isFalse();
        assertThat(trim.due(SMALL, Duration.ofSeconds(6))).as("works").isFalse();
        assertThat(trim.due(SMALL, Duration.ofMillis(6400))).isFalse();
        assertThat(trim.due(SMALL, Duration.ofMillis(6500))).as("at rest").isTrue();
        assertThat(trim.due(SMALL, Duration.ofMillis(6600))).isFalse();
    }

    @Test
    void dropsPagesOfTheFileThatComeBack() {
        var trim = new MemoryTrim();
        assertThat(trim.fileDue(SMALL)).isFalse();
        assertThat(trim.fileDue(large())).isTrue();
    }

    private static Resident large() {
        return new Resident(100L << 20, 60L << 20);
    }
}
