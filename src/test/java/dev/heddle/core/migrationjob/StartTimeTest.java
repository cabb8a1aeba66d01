package dev.heddle.core.migrationjob;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StartTimeTest {
    @ParameterizedTest
    @CsvSource({
        "22-02-2024T02:00:00Z, 2024-02-22T02:00:00Z",
        "2024-02-22T02:00:00Z, 2024-02-22T02:00:00Z",
        "29-02-2024T23:59:59Z, 2024-02-29T23:59:59Z",
        "03-04-2026T02:00:00+02:00, 2026-04-03T00:00:00Z",
        "2026-04-03T02:00:00.250-01:30, 2026-04-03T03:30:00.250Z"
    })
    void readsBothForms(String text, Instant time) {
        assertThat(StartTime.parse(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "30-02-2024T02:00:00Z",
                "2025-02-29T02:00:00Z",
                "31-04-2026T00:00:00Z",
                "tomorrow",
                "",
                "22-02-2024"
            })
    void knowsNoOther(String text) {
        assertThat(StartTime.parse(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"30-02-2024T02:00:00Z", "2025-02-29T02:00:00Z"})
    void saysThatADayDoesNotExist(String text) {
        var spec = Migrations.of(Migrations.CLUSTERS + "  schedule: {startTime: '" + text + "'}")
                .getSpec();

        assertThat(MigrationDefaults.wrong(spec)).hasValueSatisfying(found -> {
            assertThat(found.reason()).isEqualTo("InvalidStartTime");
            assertThat(found.message()).contains("spec.schedule.startTime").contains(text);
            assertThat(found.passes()).isFalse();
        });
        assertThat(MigrationDefaults.wrong(Migrations.of(Migrations.CLUSTERS).getSpec()))
                .isEqualTo(Optional.empty());
    }
}
