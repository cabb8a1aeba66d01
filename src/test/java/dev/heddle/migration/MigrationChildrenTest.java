package dev.heddle.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.heddle.api.cloud.v1alpha1.Migration;
import dev.heddle.core.migrationjob.JobImage;
import dev.heddle.core.migrationjob.MigrationJob;
import dev.heddle.core.migrationjob.MigrationManifests;
import dev.heddle.core.migrationjob.MigrationRecord;
import dev.heddle.core.migrationjob.MigrationSides;
import dev.heddle.core.migrationjob.MigrationSides.Content;
import dev.heddle.core.migrationjob.Migrations;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked of the API server, and what is made of its answers. */
@Timeout(30)
class MigrationChildrenTest {
    private static final String CORE = "/api/v1/namespaces/shop/";
    private static final String RBAC = "/apis/rbac.authorization.k8s.io/v1/namespaces/shop/";
    private static final String JOBS = "/apis/batch/v1/namespaces/shop/jobs";

    private final Map<String, Integer> statuses = new HashMap<>();
    private final Map<String, String> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private HttpServer server;
    private KubernetesClient client;
    private MigrationChildren children;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var call =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(call);
            var status = statuses.getOrDefault(call, call.startsWith("GET") ? 404 : 200);
            var fallback = status == 200 ? body : "{\"kind\": \"Status\"}";
            var bytes = answers.getOrDefault(call, fallback).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withAutoConfigure(false)
                        .withRequestRetryBackoffLimit(0)
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort())
                        .build())
                .build();
        children = new MigrationChildren(client);
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private static MigrationJob wanted() {
        Migration migration =
                Migrations.of("source: {host: a.example.com, type: http}\n  target: {host: b.example.com, type: http}");
        return MigrationJob.of(
                migration,
                MigrationSides.of(
                        migration,
                        new MigrationSides.Around("cluster.local", _ -> Optional.empty(), _ -> Content.THERE)),
                MigrationRecord.of(migration),
                new JobImage(Optional.of("heddle:1"), Optional.empty(), List.of()));
    }

    private void there(String path, String kind, String uid) {
        statuses.put("GET " + path, 200);
        answers.put("GET " + path, """
                {"kind": "%s", "metadata": {"namespace": "shop", "name": "%s",
                 "ownerReferences": [{"apiVersion": "a/v1", "kind": "Migration", "name": "move", "uid": "%s"}]}}""".formatted(kind, path.substring(path.lastIndexOf('/') + 1), uid));
    }

    @Test
    void appliesWhatTheJobNeedsAndThenMakesTheJob() {
        there(CORE + "configmaps/move-progress", "ConfigMap", "u-1");

        assertThat(children.launch(wanted())).isEmpty();

        assertThat(asked.stream().filter(call -> !call.startsWith("GET")))
                .containsExactly(
                        "PATCH " + CORE + "configmaps/move-plan",
                        "PATCH " + CORE + "configmaps/move-progress",
                        "PATCH " + CORE + "serviceaccounts/move-migration",
                        "PATCH " + RBAC + "roles/move-migration",
                        "PATCH " + RBAC + "rolebindings/move-migration",
                        "POST " + JOBS);
    }

    @Test
    void touchesNothingOfSomebodyElse() {
        there(CORE + "configmaps/move-progress", "ConfigMap", "another");

        assertThat(children.launch(wanted()))
                .hasValueSatisfying(
                        words -> assertThat(words).contains("move-progress").contains("belongs to somebody else"));

        assertThat(asked).noneMatch(call -> call.startsWith("PATCH") && call.endsWith("move-progress"));
        assertThat(asked).doesNotContain("POST " + JOBS);
    }

    @Test
    void findsItsOwnJobThere() {
        statuses.put("POST " + JOBS, 409);
        there(JOBS + "/move", "Job", "u-1");

        assertThat(children.launch(wanted())).isEmpty();
    }

    @Test
    void leavesTheJobOfSomebodyElse() {
        statuses.put("POST " + JOBS, 409);
        there(JOBS + "/move", "Job", "another");

        assertThat(children.launch(wanted()))
                .hasValueSatisfying(words -> assertThat(words).contains("Job move"));
    }

    @Test
    void handsOnWhatTheApiServerSays() {
        statuses.put("POST " + JOBS, 403);

        assertThatThrownBy(() -> children.launch(wanted()))
                .isInstanceOfSatisfying(KubernetesClientException.class, refused -> assertThat(refused.getCode())
                        .isEqualTo(403));
    }

    @Test
    void endsAJobWithItsPod() {
        children.stop(MigrationManifests.job(wanted()));

        assertThat(asked).containsExactly("DELETE " + JOBS + "/move");
    }
}
