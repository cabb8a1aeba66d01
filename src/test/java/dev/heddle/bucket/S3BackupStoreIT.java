package dev.heddle.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.heddle.core.backup.BackupProof;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** Against a real S3 server: the one that {@code local/cluster s3} starts, or -Dheddle.test.s3=http://host:port. */
@Timeout(120)
class S3BackupStoreIT {
    private static final URI SERVER = URI.create(System.getProperty("heddle.test.s3", "http://172.30.0.1:7070"));
    private static final BucketLocation WHERE = BucketLocation.of(
                    "s3://backups/contract-" + ProcessHandle.current().pid())
            .withServer(Optional.of(SERVER), Optional.empty(), true, Optional.empty())
            .withCredentials(Optional.of(new BucketCredentials("test", "testtest", Optional.empty())));

    private final S3BackupStore store = new S3BackupStore();
    private final S3Clients clients = new S3Clients(Limits.USUAL);
    private final S3Client client = client();

    private S3Client client() {
        try {
            return clients.of(WHERE);
        } catch (BucketException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @AfterEach
    void clear() throws BucketException {
        for (var backup : new RealBackup[] {RealBackup.THREE_NODES, RealBackup.ONE_NODE}) {
            store.delete(WHERE, backup.id());
        }
        clients.close();
        store.close();
    }

    private void put(String key, byte[] content) {
        client.putObject(request -> request.bucket(WHERE.bucket()).key(WHERE.key(key)), RequestBody.fromBytes(content));
    }

    private void put(RealBackup backup) {
        backup.objects().keySet().forEach(key -> put(backup.id() + "/" + key, backup.content(key)));
    }

    @Test
    void readsProvesAndDeletes() throws BucketException {
        put(RealBackup.THREE_NODES);
        put(RealBackup.ONE_NODE);
        put("unfinished/weaviate-0/backup.json", new byte[] {1});
        put("loose", new byte[] {1});

        assertThat(store.ids(WHERE)).containsExactly("small", "three");
        var contents = store.read(WHERE, "three").orElseThrow();
        assertThat(contents.objects()).hasSize(9);
        assertThat(BackupProof.check(contents).problems()).isEmpty();
        assertThat(store.read(WHERE, "unfinished")).isEmpty();
        assertThat(store.read(WHERE, "thr")).isEmpty();

        store.delete(WHERE, "thr");
        assertThat(store.ids(WHERE)).containsExactly("small", "three");
        store.delete(WHERE, "three");
        store.delete(WHERE, "three");
        assertThat(store.ids(WHERE)).containsExactly("small");
        assertThat(store.read(WHERE, "three")).isEmpty();
        assertThat(BackupProof.check(store.read(WHERE, "small").orElseThrow()).proven())
                .isTrue();
        store.delete(WHERE, "unfinished");
        client.deleteObject(request -> request.bucket(WHERE.bucket()).key(WHERE.key("loose")));
    }

    @Test
    void seesWhatIsMissingOrCutOff() throws BucketException {
        put(RealBackup.ONE_NODE);
        client.deleteObject(request -> request.bucket(WHERE.bucket()).key(WHERE.key("small/weaviate-0/Books/chunk-2")));
        put("small/weaviate-0/Tenants/chunk-1", new byte[0]);

        assertThat(BackupProof.check(store.read(WHERE, "small").orElseThrow()).problems())
                .containsExactlyInAnyOrder(
                        "small/weaviate-0/Books/chunk-2 is missing", "small/weaviate-0/Tenants/chunk-1 is empty");

        put("small/weaviate-0/backup.json", new byte[] {'{'});
        assertThatExceptionOfType(BucketException.Malformed.class)
                .isThrownBy(() -> store.read(WHERE, "small"))
                .withMessageContaining("small/weaviate-0/backup.json");
        client.deleteObject(request -> request.bucket(WHERE.bucket()).key(WHERE.key("small/weaviate-0/backup.json")));
        assertThat(BackupProof.check(store.read(WHERE, "small").orElseThrow()).problems())
                .containsExactly("node weaviate-0 has written no backup.json");
    }

    @Test
    void deletesUnfinishedUploadsOfThisBackupOnly() throws BucketException {
        begin("small/weaviate-0/Books/chunk-1");
        begin("smaller/weaviate-0/Books/chunk-1");

        store.delete(WHERE, "small");

        assertThat(uploads()).containsExactly(WHERE.key("smaller/weaviate-0/Books/chunk-1"));
        store.delete(WHERE, "smaller");
        assertThat(uploads()).isEmpty();
    }

    private void begin(String key) {
        var upload = client.createMultipartUpload(
                request -> request.bucket(WHERE.bucket()).key(WHERE.key(key)));
        client.uploadPart(
                request -> request.bucket(WHERE.bucket())
                        .key(WHERE.key(key))
                        .uploadId(upload.uploadId())
                        .partNumber(1),
                RequestBody.fromBytes(new byte[1000]));
    }

    private List<String> uploads() {
        return client
                .listMultipartUploads(request -> request.bucket(WHERE.bucket()).prefix(WHERE.key("")))
                .uploads()
                .stream()
                .map(upload -> upload.key())
                .toList();
    }

    @Test
    void deletesMoreThanOnePage() throws BucketException {
        for (int number = 0; number < 1100; number++) {
            put("small/weaviate-0/Books/chunk-" + number, new byte[] {1});
        }
        store.delete(WHERE, "small");

        assertThat(client.listObjectsV2(
                                request -> request.bucket(WHERE.bucket()).prefix(WHERE.key("small/")))
                        .contents())
                .isEmpty();
    }

    @Test
    void wrongCredentialsAreDenied() {
        var wrong =
                WHERE.withCredentials(Optional.of(new BucketCredentials("test", "not-the-secret", Optional.empty())));
        var stranger = WHERE.withCredentials(
                Optional.of(new BucketCredentials("stranger", "not-the-secret", Optional.empty())));
        for (var where : new BucketLocation[] {wrong, stranger}) {
            assertThatExceptionOfType(BucketException.Denied.class)
                    .isThrownBy(() -> store.ids(where))
                    .withMessageContaining("wrong credentials")
                    .withMessageNotContaining("not-the-secret");
            assertThatExceptionOfType(BucketException.Denied.class).isThrownBy(() -> store.read(where, "small"));
            assertThatExceptionOfType(BucketException.Denied.class).isThrownBy(() -> store.delete(where, "small"));
        }
    }

    @Test
    void aBucketThatIsNotThereIsMissing() {
        var where = BucketLocation.of("no-such-bucket")
                .withServer(WHERE.endpoint(), WHERE.region(), true, Optional.empty())
                .withCredentials(WHERE.credentials());

        assertThatExceptionOfType(BucketException.Missing.class)
                .isThrownBy(() -> store.ids(where))
                .withMessageContaining("no-such-bucket");
        assertThatExceptionOfType(BucketException.Missing.class).isThrownBy(() -> store.read(where, "small"));
        assertThatExceptionOfType(BucketException.Missing.class).isThrownBy(() -> store.delete(where, "small"));
    }
}
