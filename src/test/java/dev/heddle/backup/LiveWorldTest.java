package dev.heddle.backup;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.heddle.api.cloud.v1alpha1.BackupBucketSpec;
import dev.heddle.api.cloud.v1alpha1.OnDemandBackupSpec;
import dev.heddle.bucket.BackupStore;
import dev.heddle.bucket.BucketException;
import dev.heddle.bucket.BucketLocation;
import dev.heddle.core.backup.BackupContents;
import dev.heddle.core.backup.BackupDescriptor;
import dev.heddle.core.backup.BackupProgress;
import dev.heddle.core.backup.RunReport;
import dev.heddle.core.backup.StoreReport;
import dev.heddle.core.cluster.References;
import dev.heddle.weaviate.BackupOrder;
import dev.heddle.weaviate.BackupPlace;
import dev.heddle.weaviate.BackupReply;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.HttpWeaviateBackups;
import dev.heddle.weaviate.WeaviateBackups;
import dev.heddle.weaviate.WeaviateException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is made of the answers of Weaviate, over HTTP, and of a bucket. */
@Timeout(30)
class LiveWorldTest {
    private static final String ID = "nightly-20260102030405";
    private static Vertx vertx;

    private HttpServer server;
    private WeaviateBackups weaviate;
    private final List<String> asked = new ArrayList<>();
    private final Bucket bucket = new Bucket();
    private String storage = "bucket: s3://backups/shop/db";
    private References references = new References(Map.of(), Map.of());

    /** A bucket that answers as it is told. */
    private static final class Bucket implements BackupStore {
        private Optional<BucketException> trouble = Optional.empty();
        private Optional<BackupContents> contents = Optional.empty();
        private boolean deleted;

        private void check() throws BucketException {
            if (trouble.isPresent()) {
                throw trouble.get();
            }
        }

        @Override
        public List<String> ids(BucketLocation where) throws BucketException {
            check();
            return List.of();
        }

        @Override
        public Optional<BackupContents> read(BucketLocation where, String id) throws BucketException {
            check();
            return contents;
        }

        @Override
        public Optional<BackupDescriptor> restoration(BucketLocation where, String id) {
            throw new AssertionError("not asked");
        }

        @Override
        public void delete(BucketLocation where, String id) {
            deleted = true;
        }
    }

    @BeforeAll
    static void startVertx() {
        vertx = Vertx.vertx();
    }

    @AfterAll
    static void stopVertx() {
        vertx.close();
    }

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        weaviate = here(new HttpWeaviateBackups(vertx, Duration.ofSeconds(2), new SimpleMeterRegistry()));
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    /** Pods have one port, and tests have another. */
    private WeaviateBackups here(WeaviateBackups real) {
        return new WeaviateBackups() {
            private Endpoint at(Endpoint endpoint) {
                return new Endpoint("127.0.0.1", server.getAddress().getPort(), endpoint.apiKey());
            }

            @Override
            public void begin(Endpoint endpoint, BackupPlace place, BackupOrder order) throws WeaviateException {
                real.begin(at(endpoint), place, order);
            }

            @Override
            public BackupReply status(Endpoint endpoint, BackupPlace place) throws WeaviateException {
                return real.status(at(endpoint), place);
            }

            @Override
            public void cancel(Endpoint endpoint, BackupPlace place) throws WeaviateException {
                real.cancel(at(endpoint), place);
            }
        };
    }

    private void answer(String method, int status, String body) {
        server.createContext("/", exchange -> {
            var sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            asked.add("%s %s %s %s"
                    .formatted(
                            exchange.getRequestMethod(),
                            exchange.getRequestURI(),
                            exchange.getRequestHeaders().getFirst("Authorization"),
                            sent));
            boolean expected = exchange.getRequestMethod().equals(method);
            var bytes = (expected ? body : "{\"status\":\"STARTED\"}").getBytes(StandardCharsets.UTF_8);
            int code = expected ? status : 200;
            exchange.sendResponseHeaders(code, code == 204 ? -1 : bytes.length);
            if (code != 204) {
                exchange.getResponseBody().write(bytes);
            }
            exchange.close();
        });
    }

    private LiveWorld world(String spec) {
        var pod = Serialization.unmarshal("""
                apiVersion: v1
                kind: Pod
                metadata: {name: db-0, uid: u}
                spec:
                  containers:
                  - name: weaviate
                    env:
                    - {name: ENABLE_MODULES, value: backup-s3}
                    - {name: BACKUP_S3_BUCKET, value: backups}
                    - {name: BACKUP_S3_PATH, value: shop/db}
                status:
                  podIP: 10.0.0.1
                  conditions: [{type: Ready, status: "True"}]
                  containerStatuses: [{name: weaviate, restartCount: 2}]
                """, Pod.class);
        var around = new Surroundings(
                Optional.empty(),
                new DatabaseNodes(List.of(pod), "secret-key"),
                Optional.of(Serialization.unmarshal("---\n" + storage, BackupBucketSpec.class)),
                references);
        return new LiveWorld(
                weaviate, bucket, Serialization.unmarshal("---\n" + spec, OnDemandBackupSpec.class), around);
    }

    private static BackupProgress begun() {
        return new BackupProgress(
                dev.heddle.api.cloud.v1alpha1.BackupPhase.PENDING,
                Optional.of(ID),
                "db-0",
                "u/2",
                1,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    @ParameterizedTest
    @CsvSource({
        "SUCCESS, Succeeded",
        "FAILED, Failed",
        "CANCELED, Canceled",
        "STARTED, Going",
        "TRANSFERRING, Going",
        "SOMETHING_NEW, Going"
    })
    void understandsEveryStatus(String status, String report) {
        answer("GET", 200, "{\"id\":\"x\",\"status\":\"%s\",\"error\":\"words\"}".formatted(status));

        assertThat(world("clusterRef: {name: db}").poll(begun()).getClass().getSimpleName())
                .isEqualTo(report);
        assertThat(asked).containsExactly("GET /v1/backups/s3/%s Bearer secret-key ".formatted(ID));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "[]", "null", "not json", "", "{\"status\":null}"})
    void takesNonsenseForNoAnswer(String body) {
        answer("GET", 200, body);

        assertThat(world("clusterRef: {name: db}").poll(begun())).isInstanceOf(RunReport.Unknown.class);
    }

    @ParameterizedTest
    @CsvSource({"404, Absent", "401, Unknown", "403, Unknown", "500, Unknown", "422, Unknown"})
    void believesOnlyA404(int status, String report) {
        answer("GET", status, "{\"error\":[{\"message\":\"words\"}]}");

        assertThat(world("clusterRef: {name: db}").poll(begun()).getClass().getSimpleName())
                .isEqualTo(report);
    }

    @Test
    void asksForWhatTheSpecSays() {
        storage = "bucket: s3://other/x/y";
        answer("POST", 200, "{\"status\":\"STARTED\"}");

        var report = world(
                        "{clusterRef: {name: db}, include: {collections: [A]}, compression: ZstdDefault, cpuPercentage: 7}")
                .post(begun());

        assertThat(report).isInstanceOf(RunReport.Going.class);
        assertThat(asked)
                .containsExactly(
                        "POST /v1/backups/s3 Bearer secret-key {\"id\":\"%s\",\"include\":[\"A\"],\"config\":{\"CPUPercentage\":7,\"CompressionLevel\":\"ZstdDefaultCompression\",\"Bucket\":\"other\",\"Path\":\"x/y\"}}"
                                .formatted(ID));
    }

    @Test
    void namesAnotherBucketOnlyWhereItIsOne() {
        answer("POST", 200, "{\"status\":\"STARTED\"}");

        world("clusterRef: {name: db}").post(begun());

        assertThat(asked).singleElement().asString().doesNotContain("Bucket");
    }

    @ParameterizedTest
    @CsvSource({
        "422, class Nope doesn't exist, Refused",
        "422, backup other already in progress, Busy",
        "422, 'node {\"db-2\"}: cannot commit : backup other already in progress', Busy",
        "422, backup nightly-20260102030405 already in progress, Going",
        "422, 'backup \"nightly-20260102030405\" already exists at s3', Going",
        "422, 'init uploader: failed to access-check s3 backup module', Barred",
        "422, no available classes to backup, Refused",
        "422, 'cannot resolve hostname for \"db-2\"', Hindered",
        "500, no leader, Unknown",
        "401, who are you, Unknown"
    })
    void tellsRefusalsApart(int status, String words, String report) {
        answer("POST", status, words);

        assertThat(world("clusterRef: {name: db}").post(begun()).getClass().getSimpleName())
                .isEqualTo(report);
    }

    /** Its coordinator has dropped it, and a node is still booked for it. */
    @Test
    void asksLaterWhereWeaviateContradictsItself() {
        server.createContext("/", exchange -> {
            boolean post = exchange.getRequestMethod().equals("POST");
            var body = ("{\"error\":[{\"message\":\"backup " + ID + " already in progress\"}]}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(post ? 422 : 404, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });

        assertThat(world("clusterRef: {name: db}").post(begun())).isInstanceOf(RunReport.Hindered.class);
    }

    @ParameterizedTest
    @CsvSource({"204", "422", "500"})
    void cancelsAsFarAsPossible(int status) {
        answer("DELETE", status, "words");

        world("clusterRef: {name: db}").cancel(begun());

        assertThat(asked).singleElement().asString().startsWith("DELETE /v1/backups/s3/" + ID);
    }

    @Test
    void asksNobodyWhereNobodyServes() {
        server.stop(0);

        assertThat(world("clusterRef: {name: db}").poll(begun())).isInstanceOf(RunReport.Unknown.class);
        assertThat(world("clusterRef: {name: db}").post(begun())).isInstanceOf(RunReport.Unknown.class);
    }

    @Test
    void tellsWhyABucketCannotBeRead() {
        var troubles = Map.of(
                "StorageDenied", new BucketException.Denied("403"),
                "BucketNotFound", new BucketException.Missing("404"),
                "StorageUnreachable", new BucketException.Unreachable("time-out"));
        troubles.forEach((reason, trouble) -> {
            bucket.trouble = Optional.of(trouble);
            assertThat(world("clusterRef: {name: db}").probe())
                    .isInstanceOfSatisfying(StoreReport.Trouble.class, told -> {
                        assertThat(told.reason()).isEqualTo(reason);
                        assertThat(told.person()).isEqualTo(!reason.equals("StorageUnreachable"));
                    });
        });
    }

    @Test
    void removesWhatItCannotRead() {
        bucket.trouble = Optional.of(new BucketException.Malformed("no JSON"));

        assertThat(world("clusterRef: {name: db}").sweep(ID)).isInstanceOf(StoreReport.Reachable.class);
        assertThat(bucket.deleted).isTrue();
        assertThat(world("clusterRef: {name: db}").look(ID)).isInstanceOf(StoreReport.Unreadable.class);
    }

    @Test
    void removesUnfinishedUploadsWhereNothingIsSeen() {
        assertThat(world("clusterRef: {name: db}").sweep(ID)).isInstanceOf(StoreReport.Nothing.class);
        assertThat(bucket.deleted).isTrue();
    }

    @Test
    void saysWhatCannotBeAPlace() {
        storage = "{bucket: 's3://backups/shop/../db'}";

        assertThat(world("clusterRef: {name: db}").probe()).isInstanceOfSatisfying(StoreReport.Trouble.class, told -> {
            assertThat(told.reason()).isEqualTo("InvalidStorage");
            assertThat(told.message()).contains("\"..\"");
            assertThat(told.person()).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "'', SecretNotFound",
        "'{AWS_ACCESS_KEY_ID: YQ==}', SecretKeyNotFound",
        "'{AWS_ACCESS_KEY_ID: YQ==, AWS_SECRET_ACCESS_KEY: \"\"}', SecretKeyNotFound",
        "'{AWS_ACCESS_KEY_ID: \"!\", AWS_SECRET_ACCESS_KEY: YQ==}', InvalidSecret",
        "'{AWS_ACCESS_KEY_ID: Cg==, AWS_SECRET_ACCESS_KEY: YQ==}', InvalidSecret"
    })
    void namesTheSecretThatIsWrong(String data, String reason) {
        storage = "{bucket: 's3://backups/shop/db', credentialsSecretRef: {name: keys}}";
        if (!data.isEmpty()) {
            var secret = Serialization.unmarshal(
                    "---\n{kind: Secret, apiVersion: v1, metadata: {name: keys}, data: %s}".formatted(data),
                    Secret.class);
            references = new References(Map.of("keys", secret), Map.of());
        }

        assertThat(world("clusterRef: {name: db}").probe()).isInstanceOfSatisfying(StoreReport.Trouble.class, told -> {
            assertThat(told.reason()).isEqualTo(reason);
            assertThat(told.message()).contains("keys");
        });
    }
}
