package dev.heddle.core.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({
        "30d, P30D",
        "36h, PT36H",
        "2h30m, PT2H30M",
        "90s, PT90S",
        "1d2h3m4s, P1DT2H3M4S",
        "0d1h, PT1H",
        "9999d, P9999D"
    })
    void understandsDaysToSeconds(String text, Duration duration) {
        assertThat(Durations.parse(text)).contains(duration);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "0h",
                "0d0h0m0s",
                "2 hours",
                "90",
                "1h1d",
                "-1h",
                "1.5h",
                "PT1H",
                "1H",
                "1w",
                "99999d",
                "١h"
            })
    void takesNothingElse(String text) {
        assertThat(Durations.parse(text)).isEmpty();
    }

    @Test
    void keepsTheLongestTimeThatCanBeWritten() {
        assertThat(Durations.parse("9999d9999h9999m99999s")).isPresent();
    }
}
