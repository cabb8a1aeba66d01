package dev.heddle.weaviate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Over HTTP, with the client that the Kubernetes client brings along. */
public final class HttpWeaviateApi implements WeaviateApi, WeaviateMetrics {
    /** A reply of a cluster with ten thousand shards is about 3 MB. */
    private static final int OK = 200;

    private static final int NO_CONTENT = 204;
    private static final int MAX_BODY_BYTES = 16 << 20;

    static final JsonMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final HttpClient http;
    private final Duration timeout;
    private final MeterRegistry meters;

    public HttpWeaviateApi(Vertx vertx, Duration timeout, MeterRegistry meters) {
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) timeout.toMillis())
                .setKeepAliveTimeout(5)
                .setMaxPoolSize(2));
        this.timeout = timeout;
        this.meters = meters;
    }

    @Override
    public NodesReply nodes(Endpoint endpoint) throws WeaviateException {
        return get(endpoint, "/v1/nodes?output=verbose", JSON.readerFor(NodesReply.class));
    }

    @Override
    public StatisticsReply statistics(Endpoint endpoint) throws WeaviateException {
        return get(endpoint, "/v1/cluster/statistics", JSON.readerFor(StatisticsReply.class));
    }

    @Override
    public SchemaReply schema(Endpoint endpoint) throws WeaviateException {
        return get(endpoint, "/v1/schema", JSON.readerFor(SchemaReply.class));
    }

    @Override
    public ShardingStateReply shardingState(Endpoint endpoint, String collection) throws WeaviateException {
        var path = "/v1/replication/sharding-state?collection=" + segment(collection);
        return get(endpoint, path, JSON.readerFor(ShardingStateReply.class));
    }

    @Override
    public OperationsReply operations(Endpoint endpoint) throws WeaviateException {
        return new OperationsReply(
                get(endpoint, "/v1/replication/replicate/list", JSON.readerForListOf(OperationsReply.Operation.class)));
    }

    @Override
    public void replicate(Endpoint endpoint, ReplicationRequest request) throws WeaviateException {
        var path = "/v1/replication/replicate";
        ask(new Question(HttpMethod.POST, endpoint, bearer(endpoint), path, path, json(request)), body -> body);
    }

    @Override
    public void cancel(Endpoint endpoint, String operation) throws WeaviateException {
        var path = "/v1/replication/replicate/%s/cancel".formatted(segment(operation));
        var series = "/v1/replication/replicate/cancel";
        ask(
                new Question(HttpMethod.POST, endpoint, bearer(endpoint), path, series, Optional.empty()),
                NO_CONTENT,
                body -> body);
    }

    @Override
    public void forget(Endpoint endpoint, String operation) throws WeaviateException {
        var series = "/v1/replication/replicate";
        ask(
                new Question(
                        HttpMethod.DELETE,
                        endpoint,
                        bearer(endpoint),
                        series + "/" + segment(operation),
                        series,
                        Optional.empty()),
                NO_CONTENT,
                body -> body);
    }

    @Override
    public void removeNode(PeerEndpoint endpoint, String node) throws WeaviateException {
        var path = "/v1/cluster/remove";
        var peer = new Endpoint(endpoint.host(), endpoint.port(), "");
        var basic = Base64.getEncoder()
                .encodeToString((endpoint.user() + ":" + endpoint.password()).getBytes(StandardCharsets.UTF_8));
        ask(
                new Question(HttpMethod.POST, peer, "Basic " + basic, path, path, json(Map.of("node", node))),
                body -> body);
    }

    /** Weaviate takes a definition only as a whole. */
    @Override
    public void replicateAsynchronously(Endpoint endpoint, String collection) throws WeaviateException {
        var path = "/v1/schema/" + segment(collection);
        var series = "/v1/schema/collection";
        var definition = ask(
                new Question(HttpMethod.GET, endpoint, bearer(endpoint), path, series, Optional.empty()),
                body -> JSON.readTree(body.getBytes()));
        if (!(definition instanceof ObjectNode whole)
                || !(whole.get("replicationConfig") instanceof ObjectNode replication)) {
            throw new WeaviateException.Malformed(endpoint, path, "no replicationConfig");
        }
        replication.put("asyncEnabled", true);
        ask(
                new Question(HttpMethod.PUT, endpoint, bearer(endpoint), path, series, json(whole)),
                body -> JSON.readTree(body.getBytes()));
    }

    @Override
    public void backUp(Endpoint endpoint, String backend, String id) throws WeaviateException {
        var path = "/v1/backups/" + segment(backend);
        ask(
                new Question(HttpMethod.POST, endpoint, bearer(endpoint), path, path, json(Map.of("id", id))),
                body -> body);
    }

    @Override
    public BackupReply backup(Endpoint endpoint, String backend, String id) throws WeaviateException {
        var series = "/v1/backups/" + segment(backend);
        ObjectReader reader = JSON.readerFor(BackupReply.class);
        return ask(
                new Question(
                        HttpMethod.GET,
                        endpoint,
                        bearer(endpoint),
                        series + "/" + segment(id),
                        series,
                        Optional.empty()),
                body -> reader.readValue(body.getBytes()));
    }

    @Override
    public List<BackupReply> backups(Endpoint endpoint, String backend) throws WeaviateException {
        return get(endpoint, "/v1/backups/" + segment(backend), JSON.readerForListOf(BackupReply.class));
    }

    @Override
    public long count(Endpoint endpoint, String collection) throws WeaviateException {
        var path = "/v1/graphql";
        var query = Map.of("query", "{Aggregate{%s{meta{count}}}}".formatted(collection));
        var reply = ask(
                new Question(HttpMethod.POST, endpoint, bearer(endpoint), path, path, json(query)),
                body -> JSON.readTree(body.getBytes()));
        var count =
                reply.path("data").path("Aggregate").path(collection).path(0).at("/meta/count");
        if (!count.isIntegralNumber()) {
            throw new WeaviateException.Malformed(endpoint, path, "no count of " + collection);
        }
        return count.asLong();
    }

    @Override
    public void setReady(Endpoint endpoint, String collection, String shard) throws WeaviateException {
        var path = "/v1/schema/%s/shards/%s".formatted(segment(collection), segment(shard));
        ask(
                new Question(
                        HttpMethod.PUT,
                        endpoint,
                        bearer(endpoint),
                        path,
                        "/v1/schema/shards",
                        json(Map.of("status", "READY"))),
                body -> JSON.readTree(body.getBytes()));
    }

    @Override
    public Traffic traffic(Endpoint endpoint) throws WeaviateException {
        var path = "/metrics";
        return ask(
                new Question(HttpMethod.GET, endpoint, "", path, path, Optional.empty()),
                body -> TrafficReply.of(body.toString()));
    }

    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    static String bearer(Endpoint endpoint) {
        return "Bearer " + endpoint.apiKey();
    }

    /**
     * @param authorization empty for none
     * @param series name of the path in metrics: without what differs from call to call
     * @param body empty for none
     */
    record Question(
            HttpMethod method,
            Endpoint endpoint,
            String authorization,
            String path,
            String series,
            Optional<Buffer> body) {}

    interface Reading<T> {
        T of(Buffer body) throws IOException;
    }

    static Optional<Buffer> json(Object value) {
        try {
            return Optional.of(Buffer.buffer(JSON.writeValueAsBytes(value)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private <T> T get(Endpoint endpoint, String path, ObjectReader reader) throws WeaviateException {
        var series = path.replaceFirst("\\?.*", "");
        return ask(
                new Question(HttpMethod.GET, endpoint, bearer(endpoint), path, series, Optional.empty()),
                body -> reader.readValue(body.getBytes()));
    }

    private <T> T ask(Question question, Reading<T> reading) throws WeaviateException {
        return ask(question, OK, reading);
    }

    <T> T ask(Question question, int success, Reading<T> reading) throws WeaviateException {
        var sample = Timer.start(meters);
        var outcome = "failed";
        var endpoint = question.endpoint();
        var path = question.path();
        try {
            var reply = exchange(question);
            if (reply.status() != success) {
                throw new WeaviateException.Refused(
                        endpoint, path, reply.status(), reply.body().toString());
            }
            T value = reading.of(reply.body());
            if (value == null) {
                throw new WeaviateException.Malformed(endpoint, path, "null");
            }
            outcome = "ok";
            return value;
        } catch (JsonProcessingException unreadable) {
            throw new WeaviateException.Malformed(endpoint, path, unreadable.getOriginalMessage());
        } catch (IOException impossible) {
            throw new WeaviateException.Malformed(endpoint, path, impossible.getMessage());
        } finally {
            sample.stop(meters.timer("heddle.weaviate.request", "path", question.series(), "outcome", outcome));
        }
    }

    private record Reply(int status, Buffer body) {}

    private Reply exchange(Question question) throws WeaviateException {
        var endpoint = question.endpoint();
        var options = new RequestOptions()
                .setMethod(question.method())
                .setHost(endpoint.host())
                .setPort(endpoint.port())
                .setURI(question.path())
                .setTimeout(timeout.toMillis());
        if (!question.authorization().isEmpty()) {
            options.putHeader("Authorization", question.authorization());
        }
        if (question.body().isPresent()) {
            options.putHeader("Content-Type", "application/json");
        }
        var open = new AtomicReference<HttpClientRequest>();
        try {
            return http.request(options)
                    .onSuccess(open::set)
                    .compose(request -> send(request, question.body()))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new WeaviateException.Unreachable(endpoint, "interrupted");
        } catch (TimeoutException slow) {
            // Else it would hold one of the pool's connections for as long as the server likes.
            Optional.ofNullable(open.get()).ifPresent(HttpClientRequest::reset);
            throw new WeaviateException.Unreachable(endpoint, "no answer within " + timeout.toSeconds() + " s");
        } catch (ExecutionException problem) {
            throw new WeaviateException.Unreachable(
                    endpoint, String.valueOf(problem.getCause().getMessage()));
        }
    }

    /** Listens before it sends: a quick reply has ended before a later listener could ask for its body. */
    private static io.vertx.core.Future<Reply> send(HttpClientRequest request, Optional<Buffer> body) {
        var reply = request.response()
                .compose(response -> body(response).map(whole -> new Reply(response.statusCode(), whole)));
        return body.map(request::send).orElseGet(request::send).compose(sent -> reply);
    }

    private static io.vertx.core.Future<Buffer> body(HttpClientResponse response) {
        var whole = Buffer.buffer();
        var done = io.vertx.core.Promise.<Buffer>promise();
        response.exceptionHandler(done::tryFail);
        response.endHandler(end -> done.tryComplete(whole));
        response.handler(part -> {
            if (whole.length() + part.length() > MAX_BODY_BYTES) {
                response.request().reset();
                done.tryFail("reply of more than " + MAX_BODY_BYTES + " bytes");
            } else {
                whole.appendBuffer(part);
            }
        });
        return done.future();
    }
}
