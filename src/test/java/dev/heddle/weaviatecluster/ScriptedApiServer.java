package dev.heddle.weaviatecluster;

import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Says what it is told to, by path, and 404 to anything else. */
final class ScriptedApiServer implements AutoCloseable {
    private record Answer(int status, String body) {}

    private final Map<String, Answer> answers = new HashMap<>();
    private final HttpServer server;
    private final KubernetesClient client;

    ScriptedApiServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        server.createContext("/", exchange -> {
            var answer =
                    answers.getOrDefault(exchange.getRequestURI().getPath(), new Answer(404, "{\"kind\": \"Status\"}"));
            var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.getRequestBody().readAllBytes();
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withRequestRetryBackoffLimit(0)
                        .withMasterUrl("http://%s:%d"
                                .formatted(
                                        server.getAddress().getHostString(),
                                        server.getAddress().getPort()))
                        .build())
                .build();
    }

    KubernetesClient client() {
        return client;
    }

    ScriptedApiServer says(String path, int status, String body) {
        answers.put(path, new Answer(status, body));
        return this;
    }

    @Override
    public void close() {
        client.close();
        server.stop(0);
    }
}
