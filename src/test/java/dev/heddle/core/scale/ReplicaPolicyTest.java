package dev.heddle.core.scale;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplicaPolicyTest {

    @ParameterizedTest(name = "{0} wanted, {1} live: {2}")
    @CsvSource({
        "1, , 1, false",
        "3, , 3, false",
        "3, 3, 3, false",
        "5, 3, 5, false",
        "100, 1, 100, false",
        "2, 3, 3, true",
        "1, 100, 100, true",
    })
    void neverGoesBelowWhatHoldsData(int desired, Integer live, int kept, boolean refused) {
        var decision = ReplicaPolicy.decide(desired, live == null ? OptionalInt.empty() : OptionalInt.of(live));

        assertThat(decision.replicas()).isEqualTo(kept);
        assertThat(decision.refusal().isPresent()).isEqualTo(refused);
        decision.refusal().ifPresent(why -> assertThat(why)
                .contains("spec.replicas is " + desired)
                .contains("Set spec.replicas back to " + live));
    }
}
