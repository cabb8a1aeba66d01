package dev.heddle.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import io.fabric8.kubernetes.api.model.EnvVar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RuntimeSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "AUTOSCHEMA_ENABLED, false",
        "ASYNC_REPLICATION_DISABLED, true",
        "QUERY_SLOW_LOG_THRESHOLD, 2s500ms",
        "MAXIMUM_ALLOWED_COLLECTIONS_COUNT, -1",
        "OPERATIONAL_MODE, ReadOnly",
        "DEFAULT_QUANTIZATION, rq",
    })
    void takesUpWhatEveryVersionKnows(String name, String value) {
        assertThat(RuntimeSettings.reloaded(new EnvVar(name, value, null))).isTrue();
        assertThat(RuntimeSettings.of(Samples.plan("env: [{name: %s, value: \"%s\"}]".formatted(name, value))))
                .isEqualTo("%s: %s\n".formatted(name.toLowerCase(java.util.Locale.ROOT), value));
    }

    /** One of these in the file, and Weaviate would go by none of it, not even by the pause of writes. */
    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "AUTOSCHEMA_ENABLED, on",
                "AUTOSCHEMA_ENABLED, ''",
                "AUTOSCHEMA_ENABLED, null",
                "QUERY_SLOW_LOG_THRESHOLD, 2",
                "MAXIMUM_ALLOWED_COLLECTIONS_COUNT, many",
                "MAXIMUM_ALLOWED_COLLECTIONS_COUNT, 99999999999",
                "OPERATIONAL_MODE, readonly",
                "DEFAULT_QUANTIZATION, 'rq: [1]'",
                "REPLICA_MOVEMENT_MINIMUM_ASYNC_WAIT, 5s",
                "LOG_LEVEL, debug",
            })
    void leavesOthersToTheEnvironment(String name, String value) {
        assertThat(RuntimeSettings.reloaded(new EnvVar(name, value, null))).isFalse();
    }

    @Test
    void pausesWritesWhateverTheUserChose() {
        var plan = Samples.plan("env: [{name: OPERATIONAL_MODE, value: ReadOnly}]");

        assertThat(RuntimeSettings.of(plan.pausingWrites())).isEqualTo("operational_mode: ScaleOut\n");
        assertThat(RuntimeSettings.of(Samples.plan(""))).isEmpty();
    }

    @Test
    void isForVersionsThatReadTheFile() {
        assertThat(Samples.plan("version: 1.34.5").reloads()).isTrue();
        assertThat(Samples.plan("version: 1.34.4").reloads()).isFalse();
    }
}
