package dev.heddle.core.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimesTest {
    @Test
    void readsATime() {
        assertThat(Times.parse("1970-01-01T00:01:00Z")).isEqualTo(Instant.ofEpochSecond(60));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "yesterday", "2026-13-01T00:00:00Z"})
    void takesAnythingElseForLongAgo(String text) {
        assertThat(Times.parse(text)).isEqualTo(Instant.EPOCH);
    }
}
