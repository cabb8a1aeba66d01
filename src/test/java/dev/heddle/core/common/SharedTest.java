package dev.heddle.core.common;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import org.junit.jupiter.api.Test;

class SharedTest {
    private final Shared shared = new Shared(64);

    @Test
    void givesTheSameObjectForEqualOnes() {
        var first = List.of("a", "b");
        assertThat(shared.of(first)).isSameAs(first);
        assertThat(shared.of(List.of("a", "b"))).isSameAs(first);
        assertThat(shared.of(List.of("a", "c"))).containsExactly("a", "c");
        assertThat(shared.<String>of(null)).isNull();
    }

    /** A volume is reported as large as it says, in its own words. */
    @Test
    void keepsApartWhatIsWrittenDifferently() {
        var first = new Quantity("1Gi");
        var other = new Quantity("1024Mi");
        assertThat(other).isEqualTo(first);
        assertThat(shared.of(first)).isSameAs(first);
        assertThat(shared.of(other)).isSameAs(other);
    }

    @Test
    void forgetsRatherThanGrow() {
        var small = new Shared(1);
        var first = List.of("a");
        small.of(first);
        assertThat(small.of(List.of("b"))).containsExactly("b");
        assertThat(small.of(List.of("a"))).containsExactly("a").isNotSameAs(first);
    }
}
