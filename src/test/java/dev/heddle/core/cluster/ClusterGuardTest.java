package dev.heddle.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.common.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterGuardTest {
    private final List<Finding> findings = new ArrayList<>();

    @ParameterizedTest(name = "wanted {0}, runs {1}: {2}")
    @CsvSource({
        "1.35.2, , 1.35.2, false",
        "1.35.2, 1.35.2, 1.35.2, false",
        "1.36.0, 1.35.2, 1.35.2, true",
        "1.34.0, 1.35.2, 1.35.2, true",
        "1.35.3, 1.35.2, 1.35.2, true",
    })
    void keepsTheRunningVersion(String wanted, String running, String kept, boolean refused) {
        var spec = Samples.spec(Map.of("version", wanted));

        assertThat(ClusterGuard.version(spec, Optional.ofNullable(running), findings::add))
                .isEqualTo(kept);
        assertThat(Samples.reasons(findings)).isEqualTo(refused ? List.of("UpgradeNotYetSupported") : List.of());
    }
}
