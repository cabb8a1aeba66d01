package dev.heddle.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.common.Version;
import dev.heddle.core.upgrade.Ladder.Rung;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderTest {
    private static final List<String> RELEASES = List.of("1.36.9", "1.35.2", "1.36.10", "1.37.1", "1.38.0", "2.0.0");

    @ParameterizedTest(name = "from {0} to {1}: {2}")
    @CsvSource({
        "1.35.2, 1.35.9, 1.35.9",
        "1.35.2, 1.35.0, 1.35.0",
        "1.35.2, 1.36.0, 1.36.0",
        "1.35.2, 1.36.77, 1.36.77",
        "1.35.2, 1.37.0, 1.36.10",
        "1.35.2, 1.38.2, 1.36.10",
        "1.36.10, 1.38.2, 1.37.1",
        "1.37.1, 1.38.2, 1.38.2",
        "1.38.2, 1.39.0, 1.39.0",
    })
    void goesOneMinorAtATime(String running, String wanted, String next) {
        assertThat(Ladder.next(running, wanted, RELEASES)).isEqualTo(new Rung.To(next));
    }

    @Test
    void endsWhereItWants() {
        assertThat(Ladder.next("1.35.2", "1.35.2", List.of())).isEqualTo(new Rung.Arrived());
    }

    @ParameterizedTest(name = "from {0} to {1}: {2}")
    @CsvSource({
        "1.35.2, 1.34.20, DowngradeRefused",
        "2.0.0, 1.40.4, DowngradeRefused",
        "1.38.0, 1.40.1, UpgradePathUnknown",
        "1.40.4, 2.0.0, UpgradePathUnknown",
        "latest, 1.35.2, UpgradePathUnknown",
        "1.35.2, 1.36.0-rc.0, UpgradePathUnknown",
    })
    void refusesInWords(String running, String wanted, String reason) {
        assertThat(Ladder.next(running, wanted, RELEASES)).isInstanceOfSatisfying(Rung.Refused.class, refused -> {
            assertThat(refused.reason()).isEqualTo(reason);
            assertThat(refused.words()).contains(running, wanted);
        });
    }

    /** Whatever runs of those that are supported, the newest one can be reached, and no minor is left out. */
    @Test
    void theCatalogHasNoGap() {
        var catalog = Samples.SETTINGS.catalog();
        var newest = catalog.releases().getLast();
        var minors = new ArrayList<Integer>();
        for (var version = catalog.minimum(); !version.equals(newest); ) {
            version = ((Rung.To) Ladder.next(version, newest, catalog.releases())).version();
            minors.add(Version.parse(version).orElseThrow().minor());
        }
        assertThat(minors).first().isEqualTo(26);
        assertThat(minors).isSorted().doesNotHaveDuplicates().hasSize(minors.getLast() - 25);
    }
}
