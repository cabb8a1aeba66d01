package dev.heddle.core.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionsTest {

    @ParameterizedTest
    @CsvSource({
        "1.35.2, 1.35.2, true",
        "1.35.10, 1.35.9, true",
        "1.35.9, 1.35.10, false",
        "1.9.0, 1.10.0, false",
        "2.0.0, 1.99.99, true",
        "1.24.99, 1.25.0, false",
    })
    void comparesNumbersNotText(String version, String least, boolean atLeast) {
        assertThat(Versions.atLeast(version, least)).isEqualTo(atLeast);
    }
}
