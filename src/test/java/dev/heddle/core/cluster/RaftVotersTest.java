package dev.heddle.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class RaftVotersTest {

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 3", "4, 3", "9, 3", "10, 5", "11, 5", "100, 5"})
    void startsWithOneThreeOrFive(int nodes, int voters) {
        assertThat(RaftVoters.decide(nodes, OptionalInt.empty())).isEqualTo(voters);
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "3, 1", "10, 1", "10, 3", "3, 3", "100, 5"})
    void staysAsItWasFrozen(int nodes, int frozen) {
        assertThat(RaftVoters.decide(nodes, OptionalInt.of(frozen))).isEqualTo(frozen);
    }

    @ParameterizedTest
    @CsvSource({"1", "3", "5"})
    void readsVoterSets(String text) {
        assertThat(RaftVoters.parse(text)).hasValue(Integer.parseInt(text));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "0", "2", "4", "7", "13", "-1", "3 ", "three", "null", "３"})
    void takesAnythingElseForAbsent(String text) {
        assertThat(RaftVoters.parse(text)).isEmpty();
    }
}
