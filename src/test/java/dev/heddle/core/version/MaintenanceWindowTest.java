package dev.heddle.core.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.api.cloud.v1alpha1.MaintenanceWindowSpec;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MaintenanceWindowTest {

    @ParameterizedTest
    @CsvSource({
        // 2026-11-22 is a Sunday.
        "0 2 * * SUN, 2h, , 2026-11-22T01:59:59Z, false, 2026-11-22T02:00:00Z",
        "0 2 * * SUN, 2h, , 2026-11-22T02:00:00Z, true,",
        "0 2 * * SUN, 2h, , 2026-11-22T03:59:59Z, true,",
        "0 2 * * SUN, 2h, , 2026-11-22T04:00:00Z, false, 2026-11-29T02:00:00Z",
        "0 2 * * 0, 1h30m, , 2026-11-22T03:29:00Z, true,",
        "0 23 * * *, 3h, , 2026-11-22T01:00:00Z, true,",
        // A window of a week is always open.
        "0 2 * * SUN, 168h, , 2026-11-25T00:00:00Z, true,",
        // Amsterdam: 02:00 is 01:00 in winter.
        "0 2 * * *, 30m, Europe/Amsterdam, 2026-11-22T01:10:00Z, true,",
        "0 2 * * *, 30m, Europe/Amsterdam, 2026-11-22T02:10:00Z, false, 2026-11-23T01:00:00Z",
        // The hour that does not exist when summer begins: a day without a window.
        "30 2 * * *, 30m, Europe/Amsterdam, 2026-03-28T12:00:00Z, false, 2026-03-30T00:30:00Z",
        "0 0 30 2 *, 1h, , 2026-11-22T00:00:00Z, false,",
    })
    void opensByCron(String schedule, String duration, String zone, Instant now, boolean open, Instant opens) {
        var state = MaintenanceWindow.of(new MaintenanceWindowSpec(schedule, duration, zone))
                .at(now);

        assertThat(state.open()).isEqualTo(open);
        assertThat(state.opens().orElse(null)).isEqualTo(opens);
    }

    @Test
    void namesTheFieldThatIsWrong() {
        refuses(new MaintenanceWindowSpec("61 2 * * *", "2h", null), "spec.maintenanceWindow.schedule");
        refuses(new MaintenanceWindowSpec("0 2 * *", "2h", null), "spec.maintenanceWindow.schedule");
        refuses(new MaintenanceWindowSpec("every night, please now", "2h", null), "spec.maintenanceWindow.schedule");
        refuses(new MaintenanceWindowSpec("0 2 * * *", "soon", null), "spec.maintenanceWindow.duration");
        refuses(new MaintenanceWindowSpec("0 2 * * *", "2h", "Middle/Earth"), "spec.maintenanceWindow.timeZone");
    }

    private static void refuses(MaintenanceWindowSpec spec, String field) {
        assertThatThrownBy(() -> MaintenanceWindow.of(spec))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(field);
    }
}
