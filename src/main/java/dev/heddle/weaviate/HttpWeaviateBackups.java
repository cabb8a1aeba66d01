package dev.heddle.weaviate;

import dev.heddle.weaviate.HttpWeaviateApi.Question;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Over HTTP. To begin takes longer than other questions: all nodes are asked in turn, for up to eight seconds, and each
 * tries whether it may write into the bucket.
 */
public final class HttpWeaviateBackups implements WeaviateBackups, WeaviateRestores {
    private static final Duration BEGIN = Duration.ofSeconds(30);
    private static final int OK = 200;
    private static final int NO_CONTENT = 204;

    private final HttpWeaviateApi patient;
    private final HttpWeaviateApi api;

    /** @param timeout of one question; to begin and to cancel take 30 s at most */
    public HttpWeaviateBackups(Vertx vertx, Duration timeout, MeterRegistry meters) {
        this.patient = new HttpWeaviateApi(vertx, BEGIN, meters);
        this.api = new HttpWeaviateApi(vertx, timeout, meters);
    }

    @Override
    public void begin(Endpoint endpoint, BackupPlace place, BackupOrder order) throws WeaviateException {
        var config = new LinkedHashMap<String, Object>();
        config.put("CPUPercentage", order.cpuPercentage());
        config.put("CompressionLevel", order.compression());
        place.other().ifPresent(other -> {
            config.put("Bucket", other.bucket());
            config.put("Path", prefix(other));
        });
        var body = new LinkedHashMap<String, Object>();
        body.put("id", place.id());
        if (!order.include().isEmpty()) {
            body.put("include", order.include());
        }
        if (!order.exclude().isEmpty()) {
            body.put("exclude", order.exclude());
        }
        body.put("config", config);
        var question = question(HttpMethod.POST, endpoint, series(place), place, HttpWeaviateApi.json(body));
        patient.ask(question, OK, HttpWeaviateBackups::reply);
    }

    @Override
    public BackupReply status(Endpoint endpoint, BackupPlace place) throws WeaviateException {
        var question = question(HttpMethod.GET, endpoint, path(place), place, Optional.empty());
        return api.ask(question, OK, HttpWeaviateBackups::reply);
    }

    @Override
    public void cancel(Endpoint endpoint, BackupPlace place) throws WeaviateException {
        var question = question(HttpMethod.DELETE, endpoint, path(place), place, Optional.empty());
        patient.ask(question, NO_CONTENT, Buffer::length);
    }

    @Override
    public void restore(Endpoint endpoint, BackupPlace place, RestoreRequest request) throws WeaviateException {
        var config = new LinkedHashMap<String, Object>();
        config.put("CPUPercentage", request.cpuPercentage());
        config.put("rolesOptions", request.roles() ? "all" : "noRestore");
        config.put("usersOptions", request.users() ? "all" : "noRestore");
        place.other().ifPresent(other -> {
            config.put("Bucket", other.bucket());
            config.put("Path", prefix(other));
        });
        var body = new LinkedHashMap<String, Object>();
        body.put("include", request.include());
        body.put("node_mapping", request.nodeMapping());
        body.put("overwriteAlias", request.overwriteAliases());
        body.put("config", config);
        var path = series(place) + "/" + HttpWeaviateApi.segment(place.id()) + "/restore";
        patient.ask(
                question(HttpMethod.POST, endpoint, path, place, HttpWeaviateApi.json(body)),
                OK,
                HttpWeaviateBackups::reply);
    }

    @Override
    public BackupReply restoration(Endpoint endpoint, BackupPlace place) throws WeaviateException {
        var question = question(HttpMethod.GET, endpoint, path(place, "/restore"), place, Optional.empty());
        return api.ask(question, OK, HttpWeaviateBackups::reply);
    }

    @Override
    public void cancelRestore(Endpoint endpoint, BackupPlace place) throws WeaviateException {
        var question = question(HttpMethod.DELETE, endpoint, path(place, "/restore"), place, Optional.empty());
        patient.ask(question, NO_CONTENT, Buffer::length);
    }

    @Override
    public MetaReply meta(Endpoint endpoint) throws WeaviateException {
        return api.ask(
                get(endpoint, "/v1/meta"),
                OK,
                body -> HttpWeaviateApi.JSON.readValue(body.getBytes(), MetaReply.class));
    }

    @Override
    public AliasesReply aliases(Endpoint endpoint) throws WeaviateException {
        return api.ask(
                get(endpoint, "/v1/aliases"),
                OK,
                body -> HttpWeaviateApi.JSON.readValue(body.getBytes(), AliasesReply.class));
    }

    private static Question get(Endpoint endpoint, String path) {
        return new Question(HttpMethod.GET, endpoint, HttpWeaviateApi.bearer(endpoint), path, path, Optional.empty());
    }

    /** An empty one would stand for the one that is configured; Weaviate joins paths, so a dot is the top of the bucket. */
    private static String prefix(BackupPlace.Other other) {
        return other.path().isEmpty() ? "." : other.path();
    }

    private static BackupReply reply(Buffer body) throws java.io.IOException {
        return HttpWeaviateApi.JSON.readValue(body.getBytes(), BackupReply.class);
    }

    private static Question question(
            HttpMethod method, Endpoint endpoint, String path, BackupPlace place, Optional<Buffer> body) {
        return new Question(method, endpoint, HttpWeaviateApi.bearer(endpoint), path, series(place), body);
    }

    private static String series(BackupPlace place) {
        return "/v1/backups/" + HttpWeaviateApi.segment(place.backend());
    }

    private static String path(BackupPlace place) {
        return path(place, "");
    }

    private static String path(BackupPlace place, String below) {
        var query = place
                .other()
                .map(other -> Map.of("bucket", other.bucket(), "path", prefix(other)))
                .orElse(Map.of())
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(one -> one.getKey() + "=" + HttpWeaviateApi.segment(one.getValue()))
                .reduce((a, b) -> a + "&" + b)
                .map(all -> "?" + all)
                .orElse("");
        return series(place) + "/" + HttpWeaviateApi.segment(place.id()) + below + query;
    }
}
