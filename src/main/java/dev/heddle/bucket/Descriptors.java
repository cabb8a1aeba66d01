package dev.heddle.bucket;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.heddle.core.backup.BackupDescriptor;
import dev.heddle.core.backup.CollectionDescriptor;
import dev.heddle.core.backup.NodeDescriptor;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Weaviate's descriptors, read as a stream: one of a node lists every file of every tenant and may be larger than this
 * process. Fields that it does not know it skips.
 */
final class Descriptors {
    static final JsonFactory JSON = new JsonFactory();
    /** Go's way to say that there is no time yet. */
    private static final int YEAR_OF_NO_TIME = 1;
    /** Servers that say nothing knew no other (GetCompressionType in Weaviate's descriptor.go). */
    private static final String OLD_COMPRESSION = "gzip";

    private Descriptors() {}

    /** A descriptor that was not written by Weaviate, or not to its end. */
    static final class UnreadableException extends Exception {
        UnreadableException(String message) {
            super(message);
        }
    }

    interface Field {
        void read(String name, JsonParser json) throws IOException, UnreadableException;
    }

    private interface Reading<T> {
        T read(JsonParser json) throws IOException, UnreadableException;
    }

    /** @throws IOException if the stream cannot be read */
    static BackupDescriptor coordinator(InputStream content) throws IOException, UnreadableException {
        return whole(content, json -> {
            var text = new HashMap<String, String>();
            var size = new long[1];
            var nodes = new HashMap<String, BackupDescriptor.Participant>();
            var seen = new HashSet<String>();
            object(json, (name, value) -> {
                seen.add(name);
                switch (name) {
                    case "nodes" -> object(value, (node, it) -> nodes.put(node, participant(it)));
                    case "preCompressionSizeBytes" -> size[0] = number(name, value);
                    case "id",
                            "status",
                            "error",
                            "startedAt",
                            "completedAt",
                            "serverVersion",
                            "compressionType",
                            "baseBackupId" -> text.put(name, text(name, value));
                    default -> value.skipChildren();
                }
            });
            if (!seen.contains("nodes")) {
                throw new UnreadableException("lacks \"nodes\"");
            }
            return new BackupDescriptor(
                    needed(text, "id"),
                    needed(text, "status"),
                    text.getOrDefault("error", ""),
                    time("startedAt", needed(text, "startedAt"))
                            .orElseThrow(() -> new UnreadableException("has no time in \"startedAt\"")),
                    time("completedAt", text.getOrDefault("completedAt", "")),
                    nodes,
                    text.getOrDefault("serverVersion", ""),
                    compression(text),
                    Optional.ofNullable(text.get("baseBackupId")).filter(base -> !base.isEmpty()),
                    size[0]);
        });
    }

    /** @throws IOException if the stream cannot be read */
    static NodeDescriptor node(InputStream content) throws IOException, UnreadableException {
        return whole(content, json -> {
            var text = new HashMap<String, String>();
            var size = new long[1];
            var collections = new ArrayList<CollectionDescriptor>();
            var seen = new HashSet<String>();
            object(json, (name, value) -> {
                seen.add(name);
                switch (name) {
                    case "classes" -> array(value, it -> collections.add(collection(it)));
                    case "preCompressionSizeBytes" -> size[0] = number(name, value);
                    case "id", "status", "error" -> text.put(name, text(name, value));
                    default -> value.skipChildren();
                }
            });
            if (!seen.contains("classes")) {
                throw new UnreadableException("lacks \"classes\"");
            }
            return new NodeDescriptor(
                    needed(text, "id"), needed(text, "status"), text.getOrDefault("error", ""), collections, size[0]);
        });
    }

    private static BackupDescriptor.Participant participant(JsonParser json) throws IOException, UnreadableException {
        var text = new HashMap<String, String>();
        var names = new ArrayList<String>();
        object(json, (name, value) -> {
            switch (name) {
                case "classes" -> array(value, it -> names.add(text("classes", it)));
                case "status", "error" -> text.put(name, text(name, value));
                default -> value.skipChildren();
            }
        });
        return new BackupDescriptor.Participant(names, text.getOrDefault("status", ""), text.getOrDefault("error", ""));
    }

    private static CollectionDescriptor collection(JsonParser json) throws IOException, UnreadableException {
        var text = new HashMap<String, String>();
        var shards = new HashSet<String>();
        var chunks = new HashSet<String>();
        var borrowed = new HashMap<String, Set<String>>();
        var definition = new Definitions();
        object(json, (name, value) -> {
            switch (name) {
                case "name" -> text.put(name, text(name, value));
                case "shards" -> array(value, it -> shards.add(shard(it, borrowed)));
                case "chunks" ->
                    object(value, (number, it) -> {
                        chunks.add(number);
                        it.skipChildren();
                    });
                default -> definition.read(name, value);
            }
        });
        var name = needed(text, "name");
        return new CollectionDescriptor(name, shards, chunks, definition.whole(name), definition.tenants(), borrowed);
    }

    private static String shard(JsonParser json, Map<String, Set<String>> borrowed)
            throws IOException, UnreadableException {
        var text = new HashMap<String, String>();
        object(json, (name, value) -> {
            switch (name) {
                case "name" -> text.put(name, text(name, value));
                case "incrementalBackupInfo" ->
                    object(value, (part, it) -> {
                        if ("filesPerBackup".equals(part)) {
                            object(it, (base, files) -> {
                                var keys = borrowed.computeIfAbsent(base, key -> new HashSet<>());
                                array(files, file -> borrowedFile(file, keys));
                            });
                        } else {
                            it.skipChildren();
                        }
                    });
                default -> value.skipChildren();
            }
        });
        return needed(text, "name");
    }

    private static void borrowedFile(JsonParser json, Set<String> keys) throws IOException, UnreadableException {
        object(json, (name, value) -> {
            if ("chunkKeys".equals(name)) {
                array(value, it -> keys.add(text("chunkKeys", it)));
            } else {
                value.skipChildren();
            }
        });
    }

    private static <T> T whole(InputStream content, Reading<T> reading) throws IOException, UnreadableException {
        try (var json = JSON.createParser(content)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                throw new UnreadableException("is no JSON object");
            }
            var read = reading.read(json);
            if (json.nextToken() != null) {
                throw new UnreadableException("goes on after its end");
            }
            return read;
        } catch (JsonProcessingException broken) {
            // Its message would show a piece of what lies there.
            throw new UnreadableException("is no JSON, or not to its end");
        }
    }

    /** Null stands for an object without fields, as Go writes empty maps. */
    static void object(JsonParser json, Field field) throws IOException, UnreadableException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (json.currentToken() != JsonToken.START_OBJECT) {
            throw wrong(json, "an object");
        }
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            json.nextToken();
            field.read(name, json);
        }
    }

    interface Element {
        void read(JsonParser json) throws IOException, UnreadableException;
    }

    /** Null stands for an empty list, as Go writes it. */
    static void array(JsonParser json, Element element) throws IOException, UnreadableException {
        if (json.currentToken() == JsonToken.VALUE_NULL) {
            return;
        }
        if (json.currentToken() != JsonToken.START_ARRAY) {
            throw wrong(json, "a list");
        }
        while (json.nextToken() != JsonToken.END_ARRAY) {
            if (json.currentToken() == null) {
                throw new UnreadableException("is no JSON, or not to its end");
            }
            element.read(json);
        }
    }

    static String text(String name, JsonParser json) throws IOException, UnreadableException {
        return switch (json.currentToken()) {
            case VALUE_NULL -> "";
            case VALUE_STRING -> json.getText();
            default -> throw new UnreadableException("has no text in \"%s\"".formatted(name));
        };
    }

    private static long number(String name, JsonParser json) throws IOException, UnreadableException {
        return switch (json.currentToken()) {
            case VALUE_NULL -> 0;
            case VALUE_NUMBER_INT -> json.getLongValue();
            default -> throw new UnreadableException("has no number in \"%s\"".formatted(name));
        };
    }

    private static UnreadableException wrong(JsonParser json, String expected) throws IOException {
        var name = Optional.ofNullable(json.currentName()).orElse("a list");
        return new UnreadableException("has not %s in \"%s\"".formatted(expected, name));
    }

    private static String needed(Map<String, String> text, String name) throws UnreadableException {
        var value = text.getOrDefault(name, "");
        if (value.isEmpty()) {
            throw new UnreadableException("lacks \"%s\"".formatted(name));
        }
        return value;
    }

    private static String compression(Map<String, String> text) {
        var compression = text.getOrDefault("compressionType", "");
        return compression.isEmpty() ? OLD_COMPRESSION : compression;
    }

    private static Optional<Instant> time(String name, String text) throws UnreadableException {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            var time = OffsetDateTime.parse(text);
            return time.getYear() <= YEAR_OF_NO_TIME ? Optional.empty() : Optional.of(time.toInstant());
        } catch (DateTimeParseException noTime) {
            throw new UnreadableException("has no time in \"%s\"".formatted(name));
        }
    }
}
