package dev.heddle.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CatalogSourceTest {
    private static final String ONE = "releases: [1.36.0, 1.36.7]";

    @TempDir
    private Path folder;

    private final Ticking clock = new Ticking();

    private static final class Ticking extends Clock {
        private Instant now = Samples.NOW;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private CatalogSource source() {
        return new CatalogSource(Optional.of(folder.resolve("catalog")), clock);
    }

    private void write(String text) throws IOException {
        Files.writeString(folder.resolve("catalog"), text);
        clock.now = clock.now.plus(Duration.ofSeconds(11));
    }

    @Test
    void holdsTheBuiltInOneWithoutAFile() {
        assertThat(new CatalogSource(Optional.empty(), clock).current()).isEqualTo(CatalogSource.read());
        assertThat(source().current()).isEqualTo(CatalogSource.read());
    }

    @Test
    void replacesTheBlocksThatAreThere() throws IOException {
        write(ONE);
        var catalog = source().current();

        assertThat(catalog.releases()).isEqualTo(List.of("1.36.0", "1.36.7"));
        assertThat(catalog.repository()).isEqualTo(CatalogSource.read().repository());
        assertThat(catalog.inference()).isEqualTo(CatalogSource.read().inference());
    }

    @Test
    void followsTheFile() throws IOException {
        var source = source();
        assertThat(source.current()).isEqualTo(CatalogSource.read());
        write(ONE);
        assertThat(source.current().releases()).hasSize(2);
        Files.delete(folder.resolve("catalog"));
        assertThat(source.current().releases())
                .as("not looked at again at once")
                .hasSize(2);
        clock.now = clock.now.plus(Duration.ofSeconds(11));
        assertThat(source.current()).isEqualTo(CatalogSource.read());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "releases: []",
                "releases: 1.36.0",
                "releases: [1.36]",
                "releases: [v1.36.0]",
                "releases: [1.37.0-rc.1]",
                "releases: null",
                "minimum: old",
                "repository: ''",
                "features: {rbac: soon}",
                "features: null",
                "version: 1.36.0",
                "- 1.36.0",
                "just words",
                "{",
            })
    void keepsTheBuiltInOneWhereTheFileDoesNotFit(String text) throws IOException {
        write(text);
        assertThat(source().current()).isEqualTo(CatalogSource.read());
    }

    @Test
    void takesACorrection() throws IOException {
        var source = source();
        write("releases: [nothing]");
        assertThat(source.current()).isEqualTo(CatalogSource.read());
        write(ONE);
        assertThat(source.current().releases()).hasSize(2);
    }
}
