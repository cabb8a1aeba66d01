package dev.heddle.config;

import io.fabric8.kubernetes.client.http.AsyncBody;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Hands watches over as ASCII, other characters as JSON escapes. The client (7.3) decodes an HTTP watch chunk by chunk
 * and reads past the end of what it decoded: after a character of several bytes the next event begins with NULs, cannot
 * be parsed, and the informer stops for good.
 */
final class AsciiWatches implements Interceptor {
    private static final int FIRST_OTHER = 0x80;

    @Override
    public AsyncBody.Consumer<List<ByteBuffer>> consumer(
            AsyncBody.Consumer<List<ByteBuffer>> consumer, HttpRequest request) {
        var query = request.uri().getQuery();
        if (query == null || !query.contains("watch=true")) {
            return consumer;
        }
        var text = new Text();
        return (chunks, body) ->
                consumer.consume(chunks.stream().map(text::escaped).toList(), body);
    }

    /** One stream of UTF-8, whose characters may be cut by the end of a chunk. */
    static final class Text {
        private final CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE);
        private ByteBuffer rest = ByteBuffer.allocate(0);

        ByteBuffer escaped(ByteBuffer chunk) {
            if (!rest.hasRemaining() && isAscii(chunk)) {
                return chunk;
            }
            var bytes = ByteBuffer.allocate(rest.remaining() + chunk.remaining())
                    .put(rest)
                    .put(chunk)
                    .flip();
            var characters = CharBuffer.allocate(bytes.remaining());
            decoder.decode(bytes, characters, false);
            rest = bytes.slice();
            var json = new StringBuilder();
            characters.flip().chars().forEach(one -> {
                if (one < FIRST_OTHER) {
                    json.append((char) one);
                } else {
                    json.append("\\u%04x".formatted(one));
                }
            });
            return ByteBuffer.wrap(json.toString().getBytes(StandardCharsets.US_ASCII));
        }

        private static boolean isAscii(ByteBuffer chunk) {
            for (int i = chunk.position(); i < chunk.limit(); i++) {
                if (chunk.get(i) < 0) {
                    return false;
                }
            }
            return true;
        }
    }
}
