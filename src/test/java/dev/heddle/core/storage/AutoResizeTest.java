package dev.heddle.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.AutoResizeSpec;
import dev.heddle.core.storage.AutoResize.Decision;
import dev.heddle.core.storage.Disks.Usage;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoResizeTest {

    @ParameterizedTest(name = "{0} with {1} free, threshold {2}, increment {3}, limit {4}: {5}")
    @CsvSource({
        // Defaults: 20% free, steps of 20% in whole GiB.
        "10Gi,  2Gi,    ,      ,      100Gi, keep",
        "10Gi,  2047Mi, ,      ,      100Gi, 12Gi",
        "10Gi,  1Gi,    ,      ,      100Gi, 12Gi",
        "10Gi,  0,      ,      ,      100Gi, 14Gi",
        "256Mi, 0,      ,      ,      100Gi, 1280Mi",
        "7Gi,   1Gi,    ,      ,      100Gi, 9Gi",
        // A percentage of the grown volume has to be free.
        "100Gi, 5Gi,    10%,   ,      1Ti,   120Gi",
        "100Gi, 5Gi,    10%,   1Gi,   1Ti,   106Gi",
        "100Gi, 10Gi,   10%,   1Gi,   1Ti,   keep",
        "100Gi, 0,      50%,   10Gi,  1Ti,   200Gi",
        "100Gi, 0,      99%,   1Ti,   1Pi,   10340Gi",
        // A quantity.
        "100Gi, 5Gi,    10Gi,  ,      1Ti,   120Gi",
        "100Gi, 5Gi,    10Gi,  2Gi,   1Ti,   106Gi",
        "100Gi, 5Gi,    5Gi,   2Gi,   1Ti,   keep",
        "10Gi,  0,      0Gi,   ,      1Ti,   keep",
        "1G,    0,      500M,  500M,  10G,   1500M",
        // The limit.
        "10Gi,  0,      ,      ,      11Gi,  11Gi",
        "10Gi,  0,      ,      ,      10Gi,  at limit",
        "10Gi,  3Gi,    ,      ,      10Gi,  keep",
        "12Gi,  0,      ,      ,      10Gi,  at limit",
        "256Mi, 0,      ,      128Mi, 512Mi, 384Mi",
        "256Mi, 20Mi,   50%,   1k,    1000Mi, 494928456",
        "1Gi,   0,      ,      1k,    100G,  1342177824",
    })
    void grows(String size, String free, String threshold, String increment, String limit, String expected) {
        var spec = new AutoResizeSpec(limit, threshold, increment);

        var decision = AutoResize.decide(spec, size, Map.of("data-db-0", usage(size, free)));

        assertThat(words(decision)).isEqualTo(expected);
    }

    @Test
    void theFullestVolumeDecides() {
        var usage = Map.of(
                "data-db-0", usage("10Gi", "9Gi"),
                "data-db-1", usage("10Gi", "0"),
                "data-db-2", usage("10Gi", "1Gi"));

        assertThat(AutoResize.decide(new AutoResizeSpec("100Gi", null, null), "10Gi", usage))
                .isEqualTo(new Decision.Grow("14Gi"));
        assertThat(AutoResize.decide(new AutoResizeSpec("10Gi", null, null), "10Gi", usage))
                .isEqualTo(new Decision.AtLimit("data-db-1"));
    }

    @Test
    void keepsWhatIsNotKnown() {
        assertThat(AutoResize.decide(new AutoResizeSpec("100Gi", null, null), "10Gi", Map.of()))
                .isEqualTo(new Decision.Keep());
    }

    private static Usage usage(String size, String free) {
        return new Usage(
                VolumeSize.bytes(size).longValue(),
                new Quantity(free).getNumericalAmount().longValue());
    }

    private static String words(Decision decision) {
        return switch (decision) {
            case Decision.Keep keep -> "keep";
            case Decision.Grow grow -> grow.size();
            case Decision.AtLimit limit -> "at limit";
        };
    }
}
