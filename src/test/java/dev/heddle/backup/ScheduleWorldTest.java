package dev.heddle.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackup;
import dev.heddle.bucket.BackupStore;
import dev.heddle.bucket.BucketException;
import dev.heddle.bucket.BucketLocation;
import dev.heddle.core.backup.BackupContents;
import dev.heddle.core.backup.BackupDescriptor;
import dev.heddle.core.backup.StoreReport;
import dev.heddle.core.status.Announcement;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
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

/** What is asked of the API server and of the bucket, and what is made of their answers. */
@Timeout(30)
class ScheduleWorldTest {
    private static final String BACKUPS = "/apis/cloud.weaviate.io/v1alpha1/namespaces/shop/backups";
    private static final String KEYS = """
            {"kind": "Secret", "apiVersion": "v1", "metadata": {"name": "s3"},
             "data": {"AWS_ACCESS_KEY_ID": "dGVzdA==", "AWS_SECRET_ACCESS_KEY": "dGVzdHRlc3Q="}}""";

    private final Map<String, Integer> statuses = new HashMap<>();
    private final Map<String, String> answers = new HashMap<>();
    private final List<String> asked = new ArrayList<>();
    private final List<Announcement> told = new ArrayList<>();
    private final Bucket bucket = new Bucket();
    private HttpServer server;
    private KubernetesClient client;
    private ScheduleWorld world;

    private static final class Bucket implements BackupStore {
        private final List<String> deleted = new ArrayList<>();
        private Optional<BucketException> trouble = Optional.empty();

        @Override
        public List<String> ids(BucketLocation where) {
            return List.of();
        }

        @Override
        public Optional<BackupContents> read(BucketLocation where, String id) {
            return Optional.empty();
        }

        @Override
        public Optional<BackupDescriptor> restoration(BucketLocation where, String id) {
            throw new AssertionError("not asked");
        }

        @Override
        public void delete(BucketLocation where, String id) throws BucketException {
            if (trouble.isPresent()) {
                throw trouble.get();
            }
            deleted.add(where.url() + " " + id + " " + where.credentials().isPresent());
        }
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            var call =
                    exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath();
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add(call + " " + body);
            var bytes = answers.getOrDefault(call, "{\"kind\": \"Status\"}").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(statuses.getOrDefault(call, 404), bytes.length);
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
        var schedule = Serialization.unmarshal("""
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: ScheduledBackup
                metadata: {namespace: shop, name: nightly, uid: u}
                spec: {clusterRef: {name: db}, schedule: '@daily'}
                """, ScheduledBackup.class);
        world = new ScheduleWorld(client, bucket, schedule, told::add);
    }

    @AfterEach
    void stop() {
        client.close();
        server.stop(0);
    }

    private void says(String call, int status, String body) {
        statuses.put(call, status);
        answers.put(call, body);
    }

    private static String json(String label) {
        return """
                {"apiVersion": "cloud.weaviate.io/v1alpha1", "kind": "Backup",
                 "metadata": {"namespace": "shop", "name": "one", "labels": {"whose": "%s"}},
                 "spec": {"clusterRef": {"name": "db"}}}""".formatted(label);
    }

    private static Backup backup(String status) {
        return Serialization.unmarshal("""
                apiVersion: cloud.weaviate.io/v1alpha1
                kind: Backup
                metadata: {namespace: shop, name: one}
                spec: {clusterRef: {name: db}}
                status: %s
                """.formatted(status), Backup.class);
    }

    @Test
    void makesABackup() {
        says("POST " + BACKUPS, 201, json("mine"));

        assertThat(world.make(backup("{}")).getMetadata().getLabels()).containsEntry("whose", "mine");
    }

    @Test
    void looksWhatIsThereWhereTheNameIsTaken() {
        says("POST " + BACKUPS, 409, "{\"kind\": \"Status\", \"reason\": \"AlreadyExists\", \"code\": 409}");
        says("GET " + BACKUPS + "/one", 200, json("somebody's"));

        assertThat(world.make(backup("{}")).getMetadata().getLabels()).containsEntry("whose", "somebody's");
    }

    @Test
    void triesAgainLaterWhereItMayNotMakeOne() {
        says("POST " + BACKUPS, 403, "{\"kind\": \"Status\", \"reason\": \"Forbidden\", \"code\": 403}");
        assertThatThrownBy(() -> world.make(backup("{}"))).isInstanceOf(KubernetesClientException.class);

        says("POST " + BACKUPS, 409, "{\"kind\": \"Status\", \"reason\": \"AlreadyExists\", \"code\": 409}");
        assertThatThrownBy(() -> world.make(backup("{}"))).isInstanceOf(KubernetesClientException.class);
    }

    @Test
    void marksAndDeletes() {
        says("GET " + BACKUPS + "/one", 200, json("mine"));
        says("PATCH " + BACKUPS + "/one", 200, json("mine"));
        says("DELETE " + BACKUPS + "/one", 200, "{\"kind\": \"Status\"}");

        world.mark(backup("{}"));
        world.remove(backup("{}"));
        world.tell(new Announcement(false, "BackupPruned", "one"));

        assertThat(told).hasSize(1);
        assertThat(asked)
                .anyMatch(call -> call.startsWith("PATCH") && call.contains("heddle.dev/pruned"))
                .anyMatch(call -> call.startsWith("DELETE " + BACKUPS + "/one"));
    }

    @Test
    void deletesWhereTheBackupSaysByTheKeysThatItNames() {
        says("GET /api/v1/namespaces/shop/secrets/s3", 200, KEYS);
        var backup = backup("{storage: {bucket: 's3://backups/shop/db', credentialsSecretRef: {name: s3}}}");

        assertThat(world.erase(backup, "one-1")).isEmpty();

        assertThat(bucket.deleted).containsExactly("s3://backups/shop/db one-1 true");
    }

    @Test
    void saysWhyItCannotDelete() {
        var backup = backup("{storage: {bucket: 's3://backups/shop/db', credentialsSecretRef: {name: s3}}}");
        assertThat(world.erase(backup, "one-1").map(StoreReport.Trouble::reason))
                .contains("SecretNotFound");

        says("GET /api/v1/namespaces/shop/secrets/s3", 200, KEYS);
        bucket.trouble = Optional.of(new BucketException.Unreachable("time-out"));
        assertThat(world.erase(backup, "one-1")).hasValueSatisfying(trouble -> {
            assertThat(trouble.reason()).isEqualTo("StorageUnreachable");
            assertThat(trouble.message()).isEqualTo("time-out");
        });
        bucket.trouble = Optional.of(new BucketException.Denied("no right"));
        assertThat(world.erase(backup, "one-1").map(StoreReport.Trouble::reason))
                .contains("StorageDenied");
        assertThat(world.erase(backup("{}"), "one-1").map(StoreReport.Trouble::reason))
                .contains("NoBackupStorage");
        assertThat(bucket.deleted).isEmpty();
    }
}
