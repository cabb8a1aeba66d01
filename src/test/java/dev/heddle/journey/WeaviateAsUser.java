package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** Weaviate as a client with an API key meets it. @param key empty for nobody */
record WeaviateAsUser(String url, String key) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP = client();
    /** A write hangs for as long as its client waits where the Raft leader vanished without a word. */
    private static final Duration A_REQUEST = Duration.ofSeconds(8);

    private static final int DIMENSIONS = 16;
    private static final int HALF_A_MEBIBYTE = 1 << 19;

    /** Raft as one node sees it. */
    record Raft(long term, Set<String> voters, Set<String> peers, String leader) {}

    /**
     * Whether it is ready, asked over a connection of its own: one that was made before the Service's rules were on the
     * node leads elsewhere for as long as it is kept alive.
     */
    boolean serves() {
        try (var client = client()) {
            return send(client, "GET", "/v1/.well-known/ready", null, A_REQUEST).statusCode() == 200;
        } catch (AssertionError unreachable) {
            return false;
        }
    }

    int status(String method, String path) {
        return send(method, path, null).statusCode();
    }

    /** A collection of {@code factor} copies with objects of numbers {@code 0} to {@code count-1}. */
    void store(String collection, int factor, int count) {
        call("POST", "/v1/schema", """
                {"class": "%s", "vectorizer": "none", "replicationConfig": {"factor": %d},
                 "properties": [{"name": "title", "dataType": ["text"]}]}""".formatted(collection, factor));
        var objects = IntStream.range(0, count)
                .mapToObj(number -> """
                        {"class": "%s", "id": "%s", "properties": {"title": "pattern %d"}, "vector": %s}""".formatted(collection, id(collection, number), number, vector(number)))
                .collect(Collectors.joining(","));
        call("POST", "/v1/batch/objects?consistency_level=ALL", "{\"objects\": [" + objects + "]}")
                .forEach(item -> assertThat(item.at("/result/status").asText())
                        .as(item.toString())
                        .isEqualTo("SUCCESS"));
    }

    /** A collection of {@code factor} copies, with these tenants where there are some. */
    void define(String collection, int factor, List<String> tenants) {
        define(collection, factor, tenants, false);
    }

    /** @param repaired replicas get what they missed without being read */
    void define(String collection, int factor, List<String> tenants, boolean repaired) {
        call("POST", "/v1/schema", """
                {"class": "%s", "vectorizer": "none", "replicationConfig": {"factor": %d, "asyncEnabled": %s},
                 "multiTenancyConfig": {"enabled": %s},
                 "properties": [{"name": "title", "dataType": ["text"]}]}""".formatted(collection, factor, repaired, !tenants.isEmpty()));
        if (!tenants.isEmpty()) {
            var list = tenants.stream().map("{\"name\": \"%s\"}"::formatted).collect(Collectors.joining(",", "[", "]"));
            call("POST", "/v1/schema/%s/tenants".formatted(collection), list);
        }
    }

    /** Why a majority has not taken the object; empty where it has. @param tenant empty where there are none */
    Optional<String> write(String collection, String tenant, int number) {
        var body = """
                {"class": "%s", "id": "%s", %s "properties": {"title": "pattern %d"}, "vector": %s}""".formatted(
                        collection,
                        id(collection + tenant, number),
                        tenant.isEmpty() ? "" : "\"tenant\": \"" + tenant + "\",",
                        number,
                        vector(number));
        try {
            var reply = send("POST", "/v1/objects?consistency_level=QUORUM", body, A_REQUEST);
            return reply.statusCode() == 200
                    ? Optional.empty()
                    : Optional.of("HTTP %d: %s".formatted(reply.statusCode(), reply.body()));
        } catch (AssertionError unreachable) {
            return Optional.of(unreachable.getMessage());
        }
    }

    boolean has(String collection, String tenant, int number) {
        var path = "/v1/objects/%s/%s?consistency_level=QUORUM%s"
                .formatted(collection, id(collection + tenant, number), tenant.isEmpty() ? "" : "&tenant=" + tenant);
        return status("GET", path) == 200;
    }

    void alias(String alias, String collection) {
        call("POST", "/v1/aliases", "{\"alias\": \"%s\", \"class\": \"%s\"}".formatted(alias, collection));
    }

    /** Collection by alias. */
    Map<String, String> aliases() {
        var found = new TreeMap<String, String>();
        call("GET", "/v1/aliases", null)
                .get("aliases")
                .forEach(one ->
                        found.put(one.get("alias").asText(), one.get("class").asText()));
        return found;
    }

    void drop(String collection) {
        assertThat(status("DELETE", "/v1/schema/" + collection)).isEqualTo(200);
    }

    /** Every object with its properties and its vector, by id. @param tenant empty where there are none */
    Map<String, String> contents(String collection, String tenant) {
        var all = new TreeMap<String, String>();
        var after = "";
        while (true) {
            var path = "/v1/objects?class=%s&limit=1000&include=vector&after=%s%s"
                    .formatted(collection, after, tenant.isEmpty() ? "" : "&tenant=" + tenant);
            var page = call("GET", path, null).get("objects");
            if (page.isEmpty()) {
                return all;
            }
            for (var object : page) {
                after = object.get("id").asText();
                all.put(after, object.get("properties") + " " + object.get("vector"));
            }
        }
    }

    /** Number of shard replicas by node. */
    Map<String, Integer> replicas(String collection) {
        var counts = new TreeMap<String, Integer>();
        call("GET", "/v1/replication/sharding-state?collection=" + collection, null)
                .at("/shardingState/shards")
                .forEach(shard -> shard.get("replicas").forEach(node -> counts.merge(node.asText(), 1, Integer::sum)));
        return counts;
    }

    /** Writes to one new shard until Weaviate refuses. */
    void fill(String collection) {
        defineBallast(collection);
        var ballast = "x".repeat(HALF_A_MEBIBYTE);
        int written = 0;
        while (writes(collection, ballast)) {
            assertThat(++written).as("objects of half a MiB on a full disk").isLessThan(600);
        }
    }

    /** Objects of half a MiB that cannot be compressed, in one new shard. */
    void ballast(String collection, int count) {
        defineBallast(collection);
        var random = new Random(count);
        for (int i = 0; i < count; i++) {
            var title = random.ints(HALF_A_MEBIBYTE, 'A', 'z')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append);
            assertThat(writes(collection, title.toString())).isTrue();
        }
    }

    private void defineBallast(String collection) {
        call("POST", "/v1/schema", """
                {"class": "%s", "vectorizer": "none", "shardingConfig": {"desiredCount": 1},
                 "properties": [{"name": "title", "dataType": ["text"], "indexFilterable": false,
                                 "indexSearchable": false}]}""".formatted(collection));
    }

    boolean takesWrites(String collection) {
        return writes(collection, "small");
    }

    private boolean writes(String collection, String title) {
        var object = JSON.createObjectNode().put("class", collection);
        object.putObject("properties").put("title", title);
        object.putArray("vector").add(1.0).add(0.5);
        return send("POST", "/v1/objects", object.toString()).statusCode() == 200;
    }

    /** By the node that is asked. */
    int count(String collection) {
        return query("{Aggregate{%s{meta{count}}}}".formatted(collection))
                .at("/Aggregate/%s/0/meta/count".formatted(collection))
                .asInt();
    }

    /** All objects are there, by number and one by one; asked again for as long as a caller waits. */
    void holds(String collection, int count) {
        assertThat(count(collection)).isEqualTo(count);
        for (int number = 0; number < count; number += Math.max(1, count / 20)) {
            var found = call("GET", "/v1/objects/%s/%s".formatted(collection, id(collection, number)), null);
            assertThat(found.at("/properties/title").asText()).isEqualTo("pattern " + number);
        }
    }

    /** Numbers of objects that this node has no copy of. */
    List<Integer> missing(String collection, int count, String node) {
        return missing(collection, "", IntStream.range(0, count).boxed().toList(), node);
    }

    /** Those of the numbers that this node has no copy of. @param tenant empty where there are none */
    List<Integer> missing(String collection, String tenant, List<Integer> numbers, String node) {
        return numbers.parallelStream()
                .filter(number -> status(
                                "GET",
                                "/v1/objects/%s/%s?node_name=%s%s"
                                        .formatted(
                                                collection,
                                                id(collection + tenant, number),
                                                node,
                                                tenant.isEmpty() ? "" : "&tenant=" + tenant))
                        != 200)
                .toList();
    }

    /** Begins a backup to S3 that takes its time. */
    void backUpSlowly(String id) {
        var config = "{\"CPUPercentage\":1,\"CompressionLevel\":\"BestCompression\"}";
        call("POST", "/v1/backups/s3", "{\"id\":\"%s\",\"config\":%s}".formatted(id, config));
    }

    /** Status of a backup in S3. */
    String backup(String id) {
        return call("GET", "/v1/backups/s3/" + id, null).path("status").asText();
    }

    /** Ids in the bucket that the cluster is configured for. */
    Set<String> backups() {
        return texts(call("GET", "/v1/backups/s3", null), "/id");
    }

    /** Title of the object whose vector is nearest to that of {@code number}. */
    String nearest(String collection, int number) {
        return nearest(collection, "", number);
    }

    /** @param tenant empty where there are none */
    String nearest(String collection, String tenant, int number) {
        var found = query("{Get{%s(nearVector:{vector:%s},limit:3%s){title}}}"
                .formatted(collection, vector(number), tenant.isEmpty() ? "" : ",tenant:\"" + tenant + "\""));
        return found.at("/Get/%s/0/title".formatted(collection)).asText();
    }

    Set<String> nodes() {
        return texts(call("GET", "/v1/nodes", null).get("nodes"), "/name");
    }

    Set<String> collections() {
        return texts(call("GET", "/v1/schema", null).get("classes"), "/class");
    }

    /** Highest term, and the configuration that all nodes agree on. */
    Raft raft() {
        var views = call("GET", "/v1/cluster/statistics", null).get("statistics");
        var configurations = StreamSupport.stream(views.spliterator(), false)
                .map(view -> {
                    var all = view.at("/raft/latestConfiguration");
                    var suffrage = new TreeMap<String, Integer>();
                    all.forEach(peer -> suffrage.put(
                            peer.get("id").asText(), peer.path("suffrage").asInt()));
                    return suffrage;
                })
                .collect(Collectors.toSet());
        assertThat(configurations).as("one Raft cluster: %s", views).hasSize(1);
        var leaders = texts(views, "/leaderId");
        assertThat(leaders).as("one leader: %s", views).hasSize(1);
        var peers = configurations.iterator().next();
        var voters = peers.entrySet().stream()
                .filter(peer -> peer.getValue() == 0)
                .map(peer -> peer.getKey())
                .collect(Collectors.toCollection(TreeSet::new));
        long term = StreamSupport.stream(views.spliterator(), false)
                .mapToLong(view -> view.at("/raft/term").asLong())
                .max()
                .orElseThrow();
        return new Raft(
                term, voters, new TreeSet<>(peers.keySet()), leaders.iterator().next());
    }

    private static Set<String> texts(JsonNode list, String pointer) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(item -> item.at(pointer).asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private JsonNode query(String graphql) {
        var reply = call(
                "POST",
                "/v1/graphql",
                JSON.createObjectNode().put("query", graphql).toString());
        assertThat(reply.get("errors")).as(reply.toString()).isNull();
        return reply.get("data");
    }

    JsonNode call(String method, String path, String body) {
        var reply = send(method, path, body);
        assertThat(reply.statusCode())
                .as("%s %s: %s", method, path, reply.body())
                .isBetween(200, 299);
        try {
            return JSON.readTree(reply.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return send(method, path, body, Duration.ofSeconds(20));
    }

    private HttpResponse<String> send(String method, String path, String body, Duration timeout) {
        return send(HTTP, method, path, body, timeout);
    }

    private HttpResponse<String> send(HttpClient client, String method, String path, String body, Duration timeout) {
        var request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .method(method, body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (!key.isEmpty()) {
            request.header("Authorization", "Bearer " + key);
        }
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("%s %s: %s".formatted(method, path, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    }

    private static UUID id(String collection, int number) {
        return UUID.nameUUIDFromBytes((collection + number).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** The same for the same number, and far from those of the others. */
    private static String vector(int number) {
        var random = new Random(number);
        return Arrays.toString(
                random.doubles(DIMENSIONS, -1, 1).mapToObj("%.4f"::formatted).toArray());
    }
}
