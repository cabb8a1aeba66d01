package dev.heddle.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AsciiWatchesTest {
    private static final String EVENT = "{\"words\":\"1 → 2 … größer 🙂 \\\"ok\\\"\"}";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 7, 100})
    void keepsEveryCharacterHoweverItIsCut(int size) {
        var bytes = (EVENT + "\n" + EVENT + "\n").getBytes(StandardCharsets.UTF_8);
        var text = new AsciiWatches.Text();
        var read = new StringBuilder();
        for (int i = 0; i < bytes.length; i += size) {
            var chunk = text.escaped(ByteBuffer.wrap(bytes, i, Math.min(size, bytes.length - i)));
            // As the client does it.
            read.append(StandardCharsets.UTF_8.decode(chunk).array());
        }
        assertThat(read.toString()).matches("\\p{ASCII}+").doesNotContain("\0");
        assertThat(read.toString().lines()).hasSize(2).allSatisfy(line -> assertThat(
                        Serialization.unmarshal(line, Map.class))
                .isEqualTo(Map.of("words", "1 → 2 … größer 🙂 \"ok\"")));
    }

    @Test
    void passesAsciiOnAsItIs() {
        var chunk = ByteBuffer.wrap("{}\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(new AsciiWatches.Text().escaped(chunk)).isSameAs(chunk);
    }

    @Test
    void replacesWhatIsNoUtf8() {
        var text = new AsciiWatches.Text();
        var read = text.escaped(ByteBuffer.wrap(new byte[] {'a', (byte) 0xff, 'b'}));
        assertThat(StandardCharsets.US_ASCII.decode(read).toString()).isEqualTo("a\\ufffdb");
    }
}
