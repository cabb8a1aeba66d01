package dev.heddle.core.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaPolicyTest {

    @ParameterizedTest(name = "{0} wanted, {1} live: {2}")
    @CsvSource({"3, , 3", "3, 3, 3", "5, 3, 5", "3, 5, 5", "1, 2, 2"})
    void growsAtOnceAndNeverShrinksByItself(int desired, Integer live, int kept) {
        assertThat(ReplicaPolicy.decide(desired, live == null ? OptionalInt.empty() : OptionalInt.of(live)))
                .isEqualTo(kept);
    }
}
