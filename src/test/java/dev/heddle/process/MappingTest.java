package dev.heddle.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MappingTest {
    private static final String SMAPS = """
            00410000-041e0000 r-xp 00010000 fe:00 42                         /app/heddle
            Rss:               39852 kB
            Private_Dirty:         0 kB
            Anonymous:             0 kB
            04204000-04205000 r--p 03e03000 fe:00 42                         /app/heddle
            Private_Dirty:         4 kB
            Anonymous:             4 kB
            7f691f800000-7f6920883000 rw-p 03e20000 fe:00 42                 /app/heddle
            Anonymous:             0 kB
            7f6921780000-7f6922400000 rw-p 00000000 00:00 0
            Anonymous:         12212 kB
            7ffd1c9f2000-7ffd1c9f4000 r-xp 00000000 00:00 0                  [vdso]
            ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0          [vsyscall]
            VmFlags: ex
            """;

    @Test
    void onlyUnmodifiedUnwritableFilePagesAreCopies() {
        var mappings = Mapping.parse(SMAPS.lines());
        assertThat(mappings).hasSize(6);
        assertThat(mappings.stream().filter(Mapping::isCopyOfFile))
                .singleElement()
                .satisfies(code -> {
                    assertThat(code.start()).isEqualTo(0x410000L);
                    assertThat(code.end()).isEqualTo(0x41e0000L);
                });
    }

    @Test
    void readsTheRealThing() throws IOException {
        try (var lines = Files.lines(Path.of("/proc/self/smaps"))) {
            assertThat(Mapping.parse(lines)).anyMatch(Mapping::isCopyOfFile);
        }
    }

    @Test
    void passesOverWhatItDoesNotUnderstand() {
        assertThat(Mapping.parse(Stream.of("Anonymous: 4 kB", "", "nonsense", "Size: x")))
                .isEmpty();
    }
}
