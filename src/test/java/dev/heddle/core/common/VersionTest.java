package dev.heddle.core.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class VersionTest {
    @Test
    void comparesNumbers() {
        assertThat(Version.parse("1.9.10")).hasValueSatisfying(version -> assertThat(version)
                .isGreaterThan(Version.parse("1.9.9").orElseThrow())
                .isLessThan(Version.parse("1.10.0").orElseThrow())
                .hasToString("1.9.10"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "1.36", "v1.36.0", "1.36.0-rc.1", "1.36.0 ", "1.36.x", "1.99999.0", "latest"})
    void knowsNoOtherForm(String text) {
        assertThat(Version.parse(text)).isEmpty();
    }
}
