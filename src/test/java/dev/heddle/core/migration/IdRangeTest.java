package dev.heddle.core.migration;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdRangeTest {
    private static final UUID ZERO = new UUID(0, 0);
    private static final UUID LAST = new UUID(-1, -1);

    @Test
    void idsAreUnsigned() {
        assertThat(IdRange.compare(UUID.fromString("7fffffff-0000-4000-8000-000000000000"), LAST))
                .isNegative();
        assertThat(IdRange.compare(new UUID(1, -1), new UUID(1, 1))).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 64})
    void partsCoverEveryIdOnce(int parts) {
        var random = new Random(1);
        var ranges = IdRange.split(new UUID(5, 0), new UUID(-9, 3), parts);
        assertThat(ranges).hasSize(parts);
        for (var round = 0; round < 1000; round++) {
            var id = new UUID(random.nextLong(), random.nextLong());
            assertThat(ranges.stream().filter(range -> range.contains(id))).hasSize(1);
        }
        assertThat(ranges.getFirst().contains(ZERO)).isTrue();
        assertThat(ranges.getLast().contains(LAST)).isTrue();
    }

    @Test
    void idsInARowAreDividedToo() {
        assertThat(IdRange.split(new UUID(0, 1), new UUID(0, 1000), 4).get(1).upTo())
                .contains(new UUID(0, 1 + 2 * 249));
        assertThat(IdRange.split(ZERO, ZERO, 4)).containsExactly(IdRange.ALL);
    }

    @ParameterizedTest
    @CsvSource({
        "00000000-0000-0001-0000-000000000000, 00000000-0000-0000-ffff-ffffffffffff",
        "80000000-0000-0000-0000-000000000000, 7fffffff-ffff-ffff-ffff-ffffffffffff"
    })
    void beforeAnId(UUID id, UUID before) {
        assertThat(IdRange.before(id)).contains(before);
        assertThat(IdRange.including(id, id).contains(id)).isTrue();
        assertThat(IdRange.before(ZERO)).isEmpty();
    }

    @Test
    void halvesMeet() {
        assertThat(IdRange.ALL.middle()).contains(UUID.fromString("7fffffff-ffff-ffff-ffff-ffffffffffff"));
        assertThat(new IdRange(Optional.of(ZERO), Optional.of(new UUID(0, 1))).middle())
                .isEmpty();
        assertThat(IdRange.ALL.width()).isEqualTo(1);
    }
}
