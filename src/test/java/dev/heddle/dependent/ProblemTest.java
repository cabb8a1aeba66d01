package dev.heddle.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void namesTheFirstCause() {
        var cause = new IllegalStateException("no room");

        assertThat(Problem.words(new RuntimeException("wrapped", new RuntimeException(cause))))
                .isEqualTo("IllegalStateException: no room");
    }

    @Test
    void saysLittleOfALongOneAndNothingOfNone() {
        assertThat(Problem.words(new RuntimeException("x".repeat(9000)))).hasSize("RuntimeException: ".length() + 256);
        assertThat(Problem.words(new RuntimeException())).isEqualTo("RuntimeException: null");
    }
}
