package dev.heddle.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.heddle.core.backup.BackupProof;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescriptorsTest {
    private static final String COORDINATOR =
            "{'id':'b1','status':'SUCCESS','startedAt':'2026-11-21T19:52:11.8Z','nodes':{'n0':{'classes':['A']}}}";
    private static final String STATE =
            base64("{\"physical\":{\"s1\":{\"name\":\"s1\"},\"s2\":null},\"partitioningEnabled\":true}");
    private static final String COLLECTION = "{'name':'A','schema':'e30=','shardingState':'" + STATE
            + "','shards':[{'name':'s1','files':['x'],'incrementalBackupInfo':{'filesPerBackup':{'b0':[{'file':'f','chunkKeys':['A/chunk-3']}]},'other':[1]}}],'chunks':{'1':['s1']}}";
    private static final String NODE = "{'id':'b1','status':'SUCCESS','classes':[" + COLLECTION + "]}";

    @Test
    void readsWhatThreeNodesWrote() throws Exception {
        var contents = RealBackup.THREE_NODES.contents();
        var proof = BackupProof.check(contents);

        assertThat(proof.problems()).isEmpty();
        assertThat(proof.collections()).containsExactlyInAnyOrder("Books", "Tenants", "NoTenants");
        assertThat(proof.nodes()).containsExactlyInAnyOrder("weaviate-0", "weaviate-1", "weaviate-2");
        assertThat(proof.preCompressionBytes()).isEqualTo(58_696);
        assertThat(proof.objects()).isEqualTo(9);
        assertThat(proof.tenantsLeftOut()).isEqualTo(1);
        var coordinator = contents.coordinator();
        assertThat(coordinator.serverVersion()).isEqualTo("1.35.2");
        assertThat(coordinator.compression()).isEqualTo("gzip");
        assertThat(coordinator.base()).isEmpty();
        assertThat(coordinator.startedAt()).isEqualTo("2026-11-21T19:52:11.839576499Z");
        assertThat(coordinator.completedAt()).contains(Instant.parse("2026-11-21T19:52:13.850648835Z"));
    }

    @Test
    void readsWhatOneNodeWrote() throws Exception {
        var contents = RealBackup.ONE_NODE.contents();
        var proof = BackupProof.check(contents);

        assertThat(proof.problems()).isEmpty();
        assertThat(contents.coordinator().serverVersion()).isEqualTo("1.36.0");
        assertThat(contents.nodes().get("weaviate-0").collections()).anySatisfy(books -> {
            assertThat(books.name()).isEqualTo("Books");
            assertThat(books.chunks()).containsExactlyInAnyOrder("1", "2");
            assertThat(books.shards()).hasSize(2).isEqualTo(books.placed());
            assertThat(books.tenants()).isFalse();
        });
    }

    @Test
    void readsWhatServersOfLaterVersionsAdd() throws Exception {
        var collection = Descriptors.node(stream(NODE)).collections().getFirst();

        assertThat(collection.borrowed()).isEqualTo(Map.of("b0", Set.of("A/chunk-3")));
        assertThat(collection.placed()).containsExactlyInAnyOrder("s1", "s2");
        assertThat(collection.tenants()).isTrue();
        var coordinator = Descriptors.coordinator(stream(COORDINATOR.replace(
                "'id'", "'baseBackupId':'b0','compressionType':'zstd','new':{'a':[{}]},'node_mapping':null,'id'")));
        assertThat(coordinator.base()).contains("b0");
        assertThat(coordinator.compression()).isEqualTo("zstd");
    }

    @Test
    void whatOldServersDoNotSayIsEmpty() throws Exception {
        var coordinator = Descriptors.coordinator(
                stream(COORDINATOR.replace("'id'", "'completedAt':'0001-01-01T00:00:00Z','error':null,'id'")));

        assertThat(coordinator.compression()).isEqualTo("gzip");
        assertThat(coordinator.completedAt()).isEqualTo(Optional.empty());
        assertThat(coordinator.error()).isEmpty();
        assertThat(Descriptors.node(stream("{'id':'b1','status':'SUCCESS','classes':null}"))
                        .collections())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "\"\" | is no JSON object",
                "garbage | is no JSON",
                "[] | is no JSON object",
                "null | is no JSON object",
                "{} | lacks \\nodes\\",
                "{'id':'b1' | not to its end",
                "{'id':'b1','nodes':{'n0':{'classes':['A' | not to its end",
                "{'nodes':{}} | lacks \\id\\",
                "{'id':'b1','nodes':{}} | lacks \\status\\",
                "{'id':'b1','status':'SUCCESS','nodes':{}} | lacks \\startedAt\\",
                "{'id':'b1','status':'SUCCESS','startedAt':'x','nodes':{}} | no time in \\startedAt\\",
                "{'id':'b1','status':'SUCCESS','startedAt':'0001-01-01T00:00:00Z','nodes':{}} | no time in \\startedAt\\",
                "{'id':7,'nodes':{}} | no text in \\id\\",
                "{'nodes':[]} | not an object in \\nodes\\",
                "{'nodes':{'n0':7}} | not an object in \\n0\\",
                "{'nodes':{'n0':{'classes':{}}}} | not a list in \\classes\\",
                "{'preCompressionSizeBytes':'x'} | no number in \\preCompressionSizeBytes\\",
                "{'preCompressionSizeBytes':99999999999999999999} | is no JSON"
            })
    void refusesWhatIsNoCoordinatorsDescriptor(String text, String words) {
        assertThatExceptionOfType(Descriptors.UnreadableException.class)
                .isThrownBy(() -> Descriptors.coordinator(stream(text)))
                .withMessageContaining(words.replace('\\', '"'));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "'classes' | 'others' | lacks \\classes\\",
                "'status' | 'others' | lacks \\status\\",
                "'schema' | 'others' | lacks \\schema\\ or \\shardingState\\ of collection A",
                "'shardingState' | 'others' | lacks \\schema\\ or \\shardingState\\ of collection A",
                "'schema':'e30=' | 'schema':null | lacks \\schema\\ or \\shardingState\\ of collection A",
                "'name':'A' | 'named':'A' | lacks \\name\\",
                "'name':'s1' | 'named':'s1' | lacks \\name\\",
                "'chunks':{'1':['s1']} | 'chunks':['1'] | not an object in \\chunks\\",
                "'shardingState':' | 'shardingState':'!! | no base64 in \\shardingState\\",
                "'shardingState':' | 'shardingState':'Z2FyYmFnZQ==','other':' | is no JSON",
                "'chunkKeys':['A/chunk-3'] | 'chunkKeys':[3] | no text in \\chunkKeys\\"
            })
    void refusesWhatIsNoNodesDescriptor(String part, String other, String words) {
        assertThat(NODE).contains(part);
        assertThatExceptionOfType(Descriptors.UnreadableException.class)
                .isThrownBy(() -> Descriptors.node(stream(NODE.replace(part, other))))
                .withMessageContaining(words.replace('\\', '"'));
    }

    @Test
    void messagesShowNothingOfWhatLiesThere() {
        assertThatExceptionOfType(Descriptors.UnreadableException.class)
                .isThrownBy(() -> Descriptors.node(stream("AKIA-a-key-that-lies-here")))
                .withMessageNotContaining("AKIA");
    }

    private static ByteArrayInputStream stream(String json) {
        return new ByteArrayInputStream(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
