package dev.heddle.prometheus;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
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
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** Over HTTP, or HTTPS with the certificates of the system. Follows no redirection. */
public final class HttpPrometheusApi implements PrometheusApi {
    /** One number is a few hundred bytes; a query that was not aggregated is not worth reading. */
    private static final int MAX_BODY_BYTES = 1 << 20;

    private static final int MAX_WORDS = 200;
    private static final JsonMapper JSON = new JsonMapper();

    private final HttpClient http;
    private final Duration timeout;

    public HttpPrometheusApi(Vertx vertx, Duration timeout) {
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) timeout.toMillis())
                .setKeepAliveTimeout(15)
                .setMaxPoolSize(4));
        this.timeout = timeout;
    }

    @Override
    public double query(String url, Optional<String> token, String promql) throws NoNumber {
        var base = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setAbsoluteURI(base + "/api/v1/query?query=" + URLEncoder.encode(promql, StandardCharsets.UTF_8))
                .setTimeout(timeout.toMillis());
        token.ifPresent(key -> options.putHeader("Authorization", "Bearer " + key));
        return number(exchange(options));
    }

    /** @param body as much as was read */
    private record Reply(int status, Buffer body) {}

    private Reply exchange(RequestOptions options) throws NoNumber {
        var open = new AtomicReference<HttpClientRequest>();
        try {
            return http.request(options)
                    .onSuccess(open::set)
                    .compose(request -> {
                        var reply = request.response().compose(HttpPrometheusApi::whole);
                        return request.send().compose(sent -> reply);
                    })
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new NoNumber("interrupted.");
        } catch (TimeoutException slow) {
            Optional.ofNullable(open.get()).ifPresent(HttpClientRequest::reset);
            throw new NoNumber("Prometheus does not answer within %d s.".formatted(timeout.toSeconds()));
        } catch (ExecutionException problem) {
            throw new NoNumber("Prometheus cannot be reached.");
        }
    }

    private static io.vertx.core.Future<Reply> whole(HttpClientResponse response) {
        var body = Buffer.buffer();
        var done = io.vertx.core.Promise.<Reply>promise();
        response.exceptionHandler(done::tryFail);
        response.endHandler(end -> done.tryComplete(new Reply(response.statusCode(), body)));
        response.handler(part -> {
            if (body.length() + part.length() > MAX_BODY_BYTES) {
                response.request().reset();
                done.tryFail("too large");
            } else {
                body.appendBuffer(part);
            }
        });
        return done.future();
    }

    private static double number(Reply reply) throws NoNumber {
        JsonNode answer;
        try {
            answer = JSON.readTree(reply.body().getBytes());
        } catch (IOException unreadable) {
            throw new NoNumber("HTTP %d, and no answer of a Prometheus.".formatted(reply.status()));
        }
        if ("error".equals(answer.path("status").asText())) {
            var words = answer.path("error").asText();
            throw new NoNumber("Prometheus refuses the query: %s."
                    .formatted(words.length() > MAX_WORDS ? words.substring(0, MAX_WORDS) + "…" : words));
        }
        if (reply.status() != 200 || !"success".equals(answer.path("status").asText())) {
            throw new NoNumber("HTTP %d, and no answer of a Prometheus.".formatted(reply.status()));
        }
        var data = answer.path("data");
        return switch (data.path("resultType").asText()) {
            case "scalar" -> value(data.path("result"));
            case "vector" -> {
                int series = data.path("result").size();
                if (series != 1) {
                    throw new NoNumber("the query gives %d series; it has to give one.".formatted(series));
                }
                yield value(data.at("/result/0/value"));
            }
            default -> throw new NoNumber("the query gives no number.");
        };
    }

    /** @param pair of a time and a number as text */
    private static double value(JsonNode pair) throws NoNumber {
        var text = pair.path(1).asText();
        try {
            return text.endsWith("Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
        } catch (NumberFormatException wrong) {
            throw new NoNumber("the query gives no number.");
        }
    }
}
