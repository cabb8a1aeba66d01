package dev.heddle.migrate;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.heddle.core.migration.WriteResult;
import java.io.IOException;
import java.io.InputStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What Weaviate says of each item of a batch, in the order of the items. It repeats the objects, vectors and all. */
final class BatchReply {
    private BatchReply() {}

    /** @param ids of the items as they were sent */
    static WriteResult of(InputStream body, List<UUID> ids) throws IOException, MigrationException {
        var errors = new LinkedHashMap<UUID, String>();
        var count = 0;
        try (var parser = RestJson.MAPPER.createParser(body)) {
            RestJson.expect(parser.nextToken(), JsonToken.START_ARRAY, "a list of results");
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                if (count == ids.size()) {
                    throw new MigrationException.Malformed("more results than were sent");
                }
                item(parser, ids.get(count), errors);
                count++;
            }
        }
        if (count != ids.size()) {
            throw new MigrationException.Malformed("%d results of %d".formatted(count, ids.size()));
        }
        return errors.isEmpty() ? WriteResult.ALL : new WriteResult(Map.copyOf(errors));
    }

    private static void item(JsonParser parser, UUID id, Map<UUID, String> errors)
            throws IOException, MigrationException {
        var told = false;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var field = parser.currentName();
            parser.nextToken();
            if (field.equals("result")) {
                JsonNode result = RestJson.MAPPER.readTree(parser);
                told = result.hasNonNull("status");
                if (!result.path("status").asText().equals("SUCCESS")) {
                    errors.put(id, words(result));
                }
            } else {
                parser.skipChildren();
            }
        }
        if (!told) {
            throw new MigrationException.Malformed("an item without a result");
        }
    }

    private static String words(JsonNode result) {
        var words = result.at("/errors/error/0/message").asText("");
        return words.isEmpty() ? "refused without a word" : words;
    }
}
