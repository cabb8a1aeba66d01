package dev.heddle.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VolumesTest {
    private static final List<String> NODES = List.of("n0", "n1");

    @Test
    void learnsNewOnes() {
        var volumes = Volumes.of(Map.of("n0", "a"), Map.of("n0", "a", "n1", "b"), NODES);

        assertThat(volumes.known()).isEqualTo(Map.of("n0", "a", "n1", "b"));
        assertThat(volumes.replaced()).isEmpty();
    }

    @Test
    void remembersOneThatIsNotThere() {
        var volumes = Volumes.of(Map.of("n0", "a", "n1", "b"), Map.of("n0", "a"), NODES);

        assertThat(volumes.known()).containsEntry("n1", "b");
        assertThat(volumes.replaced()).isEmpty();
    }

    @Test
    void tellsOneThatWasReplacedUntilItIsAccepted() {
        var present = Map.of("n0", "a", "n1", "c");
        var volumes = Volumes.of(Map.of("n0", "a", "n1", "b"), present, NODES);

        assertThat(volumes.known()).containsEntry("n1", "b");
        assertThat(volumes.replaced()).containsExactly("n1");
        var accepted = volumes.accepting("n1", present);
        assertThat(accepted.known()).containsEntry("n1", "c");
        assertThat(accepted.replaced()).isEmpty();
        assertThat(Volumes.of(accepted.known(), present, NODES)).isEqualTo(accepted);
    }

    /** A node of the same name that comes later begins anew. */
    @Test
    void forgetsNodesThatLeft() {
        assertThat(Volumes.of(Map.of("n0", "a", "n1", "b"), Map.of("n0", "a"), List.of("n0"))
                        .known())
                .containsOnlyKeys("n0");
    }
}
