package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

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
}
