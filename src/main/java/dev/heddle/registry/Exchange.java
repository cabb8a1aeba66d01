package dev.heddle.registry;

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
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;

/** GET over HTTP with the client that the Kubernetes client brings along: bounded in time, size and redirects. */
final class Exchange {
    /** Signatures and manifests are some kilobytes; a thousand tags some tens. */
    private static final int MAX_BODY_BYTES = 4 << 20;

    private static final int MAX_REDIRECTS = 3;

    private final HttpClient http;
    private final Duration timeout;

    Exchange(Vertx vertx, Duration timeout) {
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) timeout.toMillis())
                .setKeepAliveTimeout(5)
                .setMaxPoolSize(2));
        this.timeout = timeout;
    }

    record Reply(int status, Map<String, String> headers, byte[] body) {
        /** @param name in any case */
        Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .map(Map.Entry::getValue)
                    .findFirst();
        }
    }

    /** Follows redirects without the authorization: registries send blobs to stores that are others' business. */
    Reply get(URI uri, String accept, Optional<String> authorization) throws RegistryException {
        var reply = once(uri, accept, authorization);
        var at = uri;
        for (int hops = 0; reply.status() / 100 == 3 && hops < MAX_REDIRECTS; hops++) {
            var location = reply.header("Location").orElse("");
            var next = at.resolve(uri(location));
            if (at.getScheme().equals("https") && !"https".equals(next.getScheme())) {
                throw new RegistryException(
                        false, "%s redirects to a connection that is not encrypted".formatted(at.getHost()));
            }
            reply = once(next, accept, Optional.empty());
            at = next;
        }
        return reply;
    }

    static URI uri(String text) throws RegistryException {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException wrong) {
            throw new RegistryException(false, "the registry answered an address that is none");
        }
    }

    static URI resolve(URI base, String path) {
        var prefix = base.getPath() == null ? "" : base.getPath().replaceFirst("/$", "");
        return base.resolve(prefix + path);
    }

    private Reply once(URI uri, String accept, Optional<String> authorization) throws RegistryException {
        boolean tls = "https".equals(uri.getScheme());
        if (uri.getHost() == null) {
            throw new RegistryException(false, "the registry answered an address without a host");
        }
        var options = new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setHost(uri.getHost())
                .setPort(uri.getPort() > 0 ? uri.getPort() : tls ? 443 : 80)
                .setSsl(tls)
                .setURI(uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()))
                .setTimeout(timeout.toMillis())
                .putHeader("Accept", accept);
        authorization.ifPresent(value -> options.putHeader("Authorization", value));
        var open = new AtomicReference<HttpClientRequest>();
        try {
            return http.request(options)
                    .onSuccess(open::set)
                    .compose(Exchange::send)
                    .toCompletionStage()
                    .toCompletableFuture()
                    .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new RegistryException(true, "interrupted");
        } catch (TimeoutException slow) {
            Optional.ofNullable(open.get()).ifPresent(HttpClientRequest::reset);
            throw new RegistryException(
                    true, "%s did not answer within %d s".formatted(uri.getHost(), timeout.toSeconds()));
        } catch (ExecutionException problem) {
            throw new RegistryException(
                    true,
                    "%s cannot be reached: %s"
                            .formatted(uri.getHost(), problem.getCause().getMessage()));
        }
    }

    /** Listens before it sends: a quick reply has ended before a later listener could ask for its body. */
    private static Future<Reply> send(HttpClientRequest request) {
        var reply = request.response().compose(response -> body(response).map(whole -> reply(response, whole)));
        return request.send().compose(sent -> reply);
    }

    private static Reply reply(HttpClientResponse response, Buffer whole) {
        var headers = new HashMap<String, String>();
        response.headers().forEach(header -> headers.putIfAbsent(header.getKey(), header.getValue()));
        return new Reply(response.statusCode(), Map.copyOf(headers), whole.getBytes());
    }

    private static Future<Buffer> body(HttpClientResponse response) {
        var whole = Buffer.buffer();
        var done = Promise.<Buffer>promise();
        response.exceptionHandler(done::tryFail);
        response.endHandler(end -> done.tryComplete(whole));
        response.handler(part -> {
            if (whole.length() + part.length() > MAX_BODY_BYTES) {
                done.tryFail("reply of more than " + MAX_BODY_BYTES + " bytes");
                response.request().reset();
            } else {
                whole.appendBuffer(part);
            }
        });
        return done.future();
    }
}
