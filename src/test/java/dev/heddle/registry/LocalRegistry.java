package dev.heddle.registry;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A registry that answers over HTTP what it was given. */
public final class LocalRegistry implements AutoCloseable {
    /** Who may read. */
    public enum Access {
        EVERYBODY,
        BASIC,
        TOKEN
    }

    private static final String LOGIN =
            "Basic " + Base64.getEncoder().encodeToString("ada:secret".getBytes(StandardCharsets.UTF_8));

    private final Map<String, byte[]> content = new ConcurrentHashMap<>();
    private final Queue<String> asked = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;
    private volatile Access access = Access.EVERYBODY;
    private volatile boolean broken;

    /** @param address of the machine, with port 0 for any */
    public LocalRegistry(InetSocketAddress address) {
        try {
            server = HttpServer.create(address, 0);
        } catch (IOException inUse) {
            throw new UncheckedIOException(inUse);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String address() {
        return server.getAddress().getAddress().getHostAddress() + ":"
                + server.getAddress().getPort();
    }

    public void access(Access wanted) {
        access = wanted;
    }

    /** Answers 500 to everything. */
    public void broken(boolean now) {
        broken = now;
    }

    public List<String> asked() {
        return List.copyOf(asked);
    }

    public void tags(String repository, String... tags) {
        put("/v2/" + repository + "/tags/list", Serialization.asJson(Map.of("name", repository, "tags", tags)));
    }

    /** A manifest under a tag and its digest. @return the digest */
    public String manifest(String repository, String tag, String json) {
        var digest = Content.digestOf(json.getBytes(StandardCharsets.UTF_8));
        put("/v2/" + repository + "/manifests/" + tag, json);
        put("/v2/" + repository + "/manifests/" + digest, json);
        return digest;
    }

    /** @return the digest */
    public String blob(String repository, byte[] bytes) {
        var digest = Content.digestOf(bytes);
        content.put("/v2/" + repository + "/blobs/" + digest, bytes);
        return digest;
    }

    public void put(String path, String body) {
        content.put(path, body.getBytes(StandardCharsets.UTF_8));
    }

    public void remove(String path) {
        content.remove(path);
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path = exchange.getRequestURI().toString();
            asked.add(path);
            var authorization = exchange.getRequestHeaders().getFirst("Authorization");
            if (broken) {
                exchange.sendResponseHeaders(500, -1);
            } else if (path.startsWith("/token")) {
                var granted = LOGIN.equals(authorization) && path.contains("scope=repository%3Ateam%2Fweaviate%3Apull");
                answer(exchange, granted ? "{\"token\":\"t-1\"}".getBytes(StandardCharsets.UTF_8) : null);
            } else if (access == Access.BASIC && !LOGIN.equals(authorization)) {
                challenge(exchange, "Basic realm=\"registry\"");
            } else if (access == Access.TOKEN && !"Bearer t-1".equals(authorization)) {
                challenge(exchange, "Bearer realm=\"http://%s/token\",service=\"registry\"".formatted(address()));
            } else {
                redirected(exchange, path);
            }
        }
    }

    private void redirected(HttpExchange exchange, String path) throws IOException {
        var body = content.get(path.replaceFirst("\\?.*", ""));
        if (body != null && new String(body, StandardCharsets.UTF_8).startsWith("-> ")) {
            exchange.getResponseHeaders().add("Location", new String(body, 3, body.length - 3, StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(307, -1);
        } else {
            answer(exchange, content.get(path) == null ? body : content.get(path));
        }
    }

    private static void challenge(HttpExchange exchange, String how) throws IOException {
        exchange.getResponseHeaders().add("WWW-Authenticate", how);
        exchange.sendResponseHeaders(401, -1);
    }

    private void answer(HttpExchange exchange, byte[] body) throws IOException {
        if (body == null) {
            exchange.sendResponseHeaders(404, -1);
            return;
        }
        var link = content.get("link:" + exchange.getRequestURI());
        if (link != null) {
            exchange.getResponseHeaders().add("Link", new String(link, StandardCharsets.UTF_8));
        }
        exchange.sendResponseHeaders(200, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
