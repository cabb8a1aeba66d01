package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/** Something of everything that a Weaviate can hold, and all of it read back. */
final class MigratedData {
    static final int ARTICLES = 3000;
    static final int AUTHORS = 100;
    static final int NOTES = 300;
    static final List<String> TENANTS = List.of("ada", "ben");
    static final int ALL = ARTICLES + AUTHORS + NOTES * TENANTS.size();

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int BATCH = 500;
    private static final int PAGE = 1000;
    private static final int DIMENSIONS = 32;

    private MigratedData() {}

    static void fill(WeaviateAsUser weaviate) {
        weaviate.call("POST", "/v1/schema", """
                {"class": "Author", "vectorizer": "none", "properties": [{"name": "name", "dataType": ["text"]}]}""");
        weaviate.call("POST", "/v1/schema", """
                {"class": "Article", "vectorConfig": {
                   "title": {"vectorizer": {"none": {}}, "vectorIndexType": "hnsw"},
                   "body": {"vectorizer": {"none": {}}, "vectorIndexType": "hnsw"}},
                 "properties": [{"name": "title", "dataType": ["text"]}, {"name": "year", "dataType": ["int"]},
                                {"name": "by", "dataType": ["Author"]}]}""");
        weaviate.call("POST", "/v1/schema", """
                {"class": "Note", "vectorizer": "none", "multiTenancyConfig": {"enabled": true},
                 "properties": [{"name": "text", "dataType": ["text"]}]}""");
        weaviate.call("POST", "/v1/schema/Note/tenants", "[{\"name\": \"ada\"}, {\"name\": \"ben\"}]");
        weaviate.call("POST", "/v1/aliases", "{\"alias\": \"Papers\", \"class\": \"Article\"}");
        var batch = new Batch(weaviate);
        for (int number = 0; number < AUTHORS; number++) {
            var author = batch.add("Author", number, "");
            author.putObject("properties").put("name", "author " + number);
            author.set("vector", vector(number));
        }
        // Weaviate refuses a reference to what is not there.
        batch.send();
        for (int number = 0; number < ARTICLES; number++) {
            var article = batch.add("Article", number, "");
            var properties = article.putObject("properties")
                    .put("title", "article " + number)
                    .put("year", number);
            properties
                    .putArray("by")
                    .addObject()
                    .put("beacon", "weaviate://localhost/Author/" + id("Author", number % AUTHORS));
            article.putObject("vectors").set("title", vector(number));
            ((ObjectNode) article.get("vectors")).set("body", vector(-number - 1));
        }
        for (var tenant : TENANTS) {
            for (int number = 0; number < NOTES; number++) {
                var note = batch.add("Note", number, tenant);
                note.putObject("properties").put("text", tenant + number);
                note.set("vector", vector(number));
            }
        }
        batch.send();
    }

    /** By collection, tenant and id: properties and vectors; and the aliases. */
    static Map<String, JsonNode> read(WeaviateAsUser weaviate) {
        var all = new TreeMap<String, JsonNode>();
        read(weaviate, "Author", "", all);
        read(weaviate, "Article", "", all);
        TENANTS.forEach(tenant -> read(weaviate, "Note", tenant, all));
        weaviate.call("GET", "/v1/aliases", null)
                .get("aliases")
                .forEach(alias -> all.put("alias " + alias.get("alias").asText(), alias.get("class")));
        return all;
    }

    static void clear(WeaviateAsUser weaviate) {
        weaviate.status("DELETE", "/v1/aliases/Papers");
        weaviate.collections().forEach(collection -> weaviate.status("DELETE", "/v1/schema/" + collection));
        assertThat(weaviate.collections()).isEmpty();
    }

    static UUID id(String collection, int number) {
        return UUID.nameUUIDFromBytes((collection + number).getBytes(StandardCharsets.UTF_8));
    }

    private static void read(WeaviateAsUser weaviate, String collection, String tenant, Map<String, JsonNode> all) {
        var after = "";
        while (true) {
            var path = "/v1/objects?class=%s&limit=%d&include=vector&after=%s%s"
                    .formatted(collection, PAGE, after, tenant.isEmpty() ? "" : "&tenant=" + tenant);
            var page = weaviate.call("GET", path, null).get("objects");
            for (var object : page) {
                after = object.get("id").asText();
                var kept = JSON.createObjectNode();
                kept.set("properties", object.get("properties"));
                kept.set("vector", object.get("vector"));
                kept.set("vectors", object.get("vectors"));
                all.put("%s/%s/%s".formatted(collection, tenant, after), kept);
            }
            if (page.size() < PAGE) {
                return;
            }
        }
    }

    private static ArrayNode vector(int number) {
        var vector = JSON.createArrayNode();
        new Random(number).doubles(DIMENSIONS, -1, 1).forEach(value -> vector.add((float) value));
        return vector;
    }

    private static final class Batch {
        private final WeaviateAsUser weaviate;
        private ArrayNode objects = JSON.createArrayNode();

        Batch(WeaviateAsUser weaviate) {
            this.weaviate = weaviate;
        }

        ObjectNode add(String collection, int number, String tenant) {
            if (objects.size() == BATCH) {
                send();
            }
            var object = objects.addObject()
                    .put("class", collection)
                    .put("id", id(collection, number).toString());
            return tenant.isEmpty() ? object : object.put("tenant", tenant);
        }

        void send() {
            var request = JSON.createObjectNode();
            request.set("objects", objects);
            weaviate.call("POST", "/v1/batch/objects", request.toString())
                    .forEach(item -> assertThat(item.at("/result/status").asText())
                            .as(item.toString())
                            .isEqualTo("SUCCESS"));
            objects = JSON.createArrayNode();
        }
    }
}
