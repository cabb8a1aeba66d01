package dev.heddle.core.upgrade;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.UpgradeStage;
import dev.heddle.api.weaviate.v1.UpgradeStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class UpgradeNotesTest {
    @ParameterizedTest
    @EnumSource(UpgradeStage.class)
    void knowsTheVersionOfEachStage(UpgradeStage stage) {
        var notes = new UpgradeStatus("1.35.2", "1.36.0", "1.36.0", stage, "", null, null, null);
        boolean forward = stage == UpgradeStage.ROLLING || stage == UpgradeStage.STOPPED;
        assertThat(UpgradeNotes.version(notes)).isEqualTo(forward ? "1.36.0" : "1.35.2");
        boolean untouched = stage == UpgradeStage.BACKINGUP || stage == UpgradeStage.ROLLEDBACK;
        assertThat(UpgradeNotes.touched(notes)).isEqualTo(untouched ? "1.35.2" : "1.36.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1.35", "latest"})
    void ignoresNotesThatSayNothing(String version) {
        assertThat(UpgradeNotes.of(null)).isEmpty();
        assertThat(UpgradeNotes.of(
                        new UpgradeStatus("1.35.2", version, "", UpgradeStage.ROLLING, "", null, null, null)))
                .isEmpty();
        assertThat(UpgradeNotes.of(new UpgradeStatus("1.35.2", "1.36.0", "", null, "", null, null, null)))
                .isEmpty();
    }
}
