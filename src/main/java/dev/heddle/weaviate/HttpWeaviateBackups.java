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
public final class HttpWeaviateBackups implements WeaviateBackups {
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
            config.put("Path", other.path());
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
        var query = place
                .other()
                .map(other -> Map.of("bucket", other.bucket(), "path", other.path()))
                .orElse(Map.of())
                .entrySet()
                .stream()
                .sorted(Map.Entry.comparingByKey())
                .map(one -> one.getKey() + "=" + HttpWeaviateApi.segment(one.getValue()))
                .reduce((a, b) -> a + "&" + b)
                .map(all -> "?" + all)
                .orElse("");
        return series(place) + "/" + HttpWeaviateApi.segment(place.id()) + query;
    }
}
