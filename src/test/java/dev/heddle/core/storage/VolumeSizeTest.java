package dev.heddle.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Quantity;
import java.math.BigDecimal;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VolumeSizeTest {

    /** What the API server stores, by the rules of apimachinery's Quantity. */
    @ParameterizedTest(name = "{0} is stored as {1}")
    @CsvSource({
        "10Gi, 10Gi",
        "1024Mi, 1Gi",
        "10240Mi, 10Gi",
        "1.5Gi, 1536Mi",
        "0.5Gi, 512Mi",
        "1536Mi, 1536Mi",
        "1024Ki, 1Mi",
        "1Ki, 1Ki",
        "0.5Ki, 512",
        "1024Gi, 1Ti",
        "1025Gi, 1025Gi",
        "1024Ti, 1Pi",
        "10G, 10G",
        "1000M, 1G",
        "1500M, 1500M",
        "1.5G, 1500M",
        "1000k, 1M",
        "1000, 1k",
        "1024, 1024",
        "1, 1",
        "1000m, 1",
        "1500m, 1500m",
        "0.5, 500m",
        "0, 0",
        "010Gi, 10Gi",
        "100000000000, 100G",
        "1.1Gi, 1181116006400m",
        "0.1Gi, 107374182400m",
        "2.2Ti, 2418925581107200m",
    })
    void writesQuantitiesAsTheyAreStored(String given, String stored) {
        assertThat(VolumeSize.canonical(given)).isEqualTo(stored);
        assertThat(VolumeSize.canonical(stored)).isEqualTo(stored);
        assertThat(new Quantity(stored).getNumericalAmount())
                .isEqualByComparingTo(new Quantity(given).getNumericalAmount());
    }

    @ParameterizedTest
    @CsvSource({"2147483648, 2Gi", "1610612736, 1536Mi", "1500, 1500", "1000000000, 1G", "1.5, 2"})
    void namesBytes(BigDecimal bytes, String words) {
        assertThat(VolumeSize.words(bytes)).isEqualTo(words);
    }
}
