package dev.heddle.migrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.netty.buffer.ByteBufInputStream;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** One side over HTTP: asks once, waits for the whole answer, and says in one of the exceptions why there is none. */
final class RestClient implements AutoCloseable {
    /** A page of objects has 2 MiB; one object may have 100 MB, Weaviate's own limit. */
    private static final int MAX_BODY_BYTES = 100 << 20;

    /** The schema of 1,000 collections takes a while, as does activating 100 tenants. */
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final HttpClient http;
    private final Access access;

    RestClient(Vertx vertx, Access access, int connections) {
        this.access = access;
        var options = new HttpClientOptions()
                .setConnectTimeout(5_000)
                .setKeepAliveTimeout(10)
                .setMaxPoolSize(connections)
                .setSsl(access.rest().getScheme().equals("https"))
                .setTrustAll(access.insecure())
                .setVerifyHost(!access.insecure());
        access.ca().ifPresent(file -> options.setTrustOptions(new PemTrustOptions().addCertPath(file.toString())));
        this.http = vertx.createHttpClient(options);
    }

    /** @param date the server's clock, as HTTP writes it; empty where it tells none */
    record Reply(int status, Buffer body, Optional<String> date) {
        InputStream stream() {
            return new ByteBufInputStream(body.getByteBuf());
        }
    }

    interface Reading<T> {
        T of(InputStream body) throws IOException, MigrationException;
    }

    <T> T get(String path, Reading<T> reading) throws MigrationException {
        return ask(HttpMethod.GET, path, Optional.empty(), reading);
    }

    JsonNode get(String path) throws MigrationException {
        return get(path, RestJson.MAPPER::readTree);
    }

    <T> T ask(HttpMethod method, String path, Optional<Buffer> body, Reading<T> reading) throws MigrationException {
        return parse(path, exchange(method, path, body), reading);
    }

    <T> T parse(String path, Reply reply, Reading<T> reading) throws MigrationException {
        try {
            T value = reading.of(reply.stream());
            if (value == null) {
                throw new MigrationException.Malformed(where(path) + ": no answer in HTTP " + reply.status());
            }
            return value;
        } catch (JsonProcessingException unreadable) {
            throw new MigrationException.Malformed(where(path) + ": " + unreadable.getOriginalMessage());
        } catch (IOException unreadable) {
            throw new MigrationException.Malformed(where(path) + ": " + unreadable.getMessage());
        }
    }

    /** An answer of status 2xx. */
    Reply exchange(HttpMethod method, String path, Optional<Buffer> body) throws MigrationException {
        var options = new RequestOptions()
                .setMethod(method)
                .setHost(access.rest().getHost())
                .setPort(port())
                .setURI(path)
                .setTimeout(TIMEOUT.toMillis());
        if (!access.apiKey().isEmpty()) {
            options.putHeader("Authorization", "Bearer " + access.apiKey());
        }
        if (body.isPresent()) {
            options.putHeader("Content-Type", "application/json");
        }
        return RestFailure.unlessGood(where(path), answer(options, body, path));
    }

    private int port() {
        var port = access.rest().getPort();
        return port > 0 ? port : access.rest().getScheme().equals("https") ? 443 : 80;
    }

    private RestFailure.Answer answer(RequestOptions options, Optional<Buffer> body, String path)
            throws MigrationException {
        var open = new AtomicReference<HttpClientRequest>();
        try {
            return http.request(options)
                    .onSuccess(open::set)
                    .compose(request -> send(request, body))
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new MigrationException.Unreachable(where(path) + ": interrupted");
        } catch (TimeoutException slow) {
            Optional.ofNullable(open.get()).ifPresent(HttpClientRequest::reset);
            throw new MigrationException.Unreachable(where(path) + ": no answer within " + TIMEOUT.toSeconds() + " s");
        } catch (ExecutionException problem) {
            throw new MigrationException.Unreachable(
                    where(path) + ": " + problem.getCause().getMessage());
        }
    }

    /** Listens before it sends: a quick reply has ended before a later listener could ask for its body. */
    private static Future<RestFailure.Answer> send(HttpClientRequest request, Optional<Buffer> body) {
        var reply = request.response().compose(response -> body(response)
                .map(whole -> new RestFailure.Answer(
                        response.statusCode(),
                        whole,
                        Optional.ofNullable(response.getHeader("Date")),
                        Optional.ofNullable(response.getHeader("Retry-After")))));
        return body.map(request::send).orElseGet(request::send).compose(sent -> reply);
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        var whole = Buffer.buffer();
        var done = Promise.<Buffer>promise();
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

    /** Without the query, which may be long. */
    String where(String path) {
        return access + path.replaceFirst("\\?.*", "");
    }

    static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public void close() {
        http.close();
    }
}
