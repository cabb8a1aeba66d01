package dev.heddle.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class BackupProofTest {

    /** A backup of two nodes; each row of the table spoils one thing about it. */
    private static final class Draft {
        String id = "b1";
        String status = "SUCCESS";
        String error = "";
        String compression = "gzip";
        Optional<String> base = Optional.empty();
        long before = 5000;
        final Map<String, BackupDescriptor.Participant> participants = new HashMap<>();
        final Map<String, NodeDescriptor> nodes = new HashMap<>();
        final Map<String, Long> objects = new HashMap<>();

        Draft() {
            for (var node : List.of("n0", "n1")) {
                participants.put(node, new BackupDescriptor.Participant(List.of("Books", "Users"), "SUCCESS", ""));
                node(node, "SUCCESS", "", books(node), users(node));
                objects.put("b1/%s/backup.json".formatted(node), 1000L);
                objects.put("b1/%s/Books/chunk-1".formatted(node), 225L);
                objects.put("b1/%s/Users/chunk-1".formatted(node), 225L);
            }
            objects.put("b1/backup_config.json", 400L);
        }

        void node(String node, String status, String error, CollectionDescriptor... collections) {
            nodes.put(node, new NodeDescriptor("b1", status, error, List.of(collections), before));
        }

        BackupProof check() {
            var coordinator = new BackupDescriptor(
                    id, status, error, Instant.EPOCH, Optional.empty(), participants, "1.35.2", compression, base, 9);
            return BackupProof.check(new BackupContents("b1", coordinator, nodes, objects));
        }
    }

    private static CollectionDefinition places(String... shards) {
        return new CollectionDefinition(
                Stream.of(shards).collect(Collectors.toMap(shard -> shard, shard -> Set.of())), Set.of(), Set.of());
    }

    private static CollectionDescriptor books(String node) {
        return new CollectionDescriptor(
                "Books", Set.of("shard-" + node), Set.of("1"), places("shard-n0", "shard-n1"), false, Map.of());
    }

    private static CollectionDescriptor users(String node) {
        return new CollectionDescriptor(
                "Users", Set.of("tenant-" + node), Set.of("1"), places("tenant-n0", "tenant-n1"), true, Map.of());
    }

    private static CollectionDescriptor borrowing(String base, String key) {
        return new CollectionDescriptor(
                "Books", Set.of("shard-n0"), Set.of(), places("shard-n0"), false, Map.of(base, Set.of(key)));
    }

    @Test
    void provesWhatIsComplete() {
        var proof = new Draft().check();

        assertThat(proof.problems()).isEmpty();
        assertThat(proof.proven()).isTrue();
        assertThat(proof.bytes()).isEqualTo(4 * 225 + 2 * 1000 + 400);
        assertThat(proof.objects()).isEqualTo(7);
        assertThat(proof.preCompressionBytes()).isEqualTo(9);
        assertThat(proof.collections()).containsExactlyInAnyOrder("Books", "Users");
        assertThat(proof.nodes()).containsExactlyInAnyOrder("n0", "n1");
        assertThat(proof.tenantsLeftOut()).isZero();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                fault("it has status STARTED", draft -> draft.status = "STARTED"),
                fault("it has status FAILED", draft -> draft.status = "FAILED"),
                fault("it tells of an error: disk full", draft -> draft.error = "disk full"),
                fault("it is of backup b2", draft -> draft.id = "b2"),
                fault("it names no node", draft -> draft.participants.clear()),
                fault("node n1 has written no backup.json", draft -> {
                    draft.nodes.remove("n1");
                    draft.participants.put(
                            "n0", new BackupDescriptor.Participant(List.of("Books", "Users"), "SUCCESS", ""));
                    draft.node("n0", "SUCCESS", "", all("Books"), users("n0"));
                }),
                fault(
                        "node n1 has status FAILED",
                        draft -> draft.participants.put(
                                "n1", new BackupDescriptor.Participant(List.of("Books", "Users"), "FAILED", ""))),
                fault(
                        "node n1 tells of an error: no space",
                        draft -> draft.participants.put(
                                "n1", new BackupDescriptor.Participant(List.of("Books", "Users"), "", "no space"))),
                fault(
                        "backup.json of node n1 has status FAILED",
                        draft -> draft.node("n1", "FAILED", "", books("n1"), users("n1"))),
                fault(
                        "backup.json of node n1 tells of an error: no space",
                        draft -> draft.node("n1", "SUCCESS", "no space", books("n1"), users("n1"))),
                fault(
                        "backup.json of node n1 is of backup b0",
                        draft -> draft.nodes.put(
                                "n1", new NodeDescriptor("b0", "SUCCESS", "", List.of(books("n1"), users("n1")), 0))));
    }

    static Stream<Arguments> faultsOfContent() {
        return Stream.of(
                fault(
                        "backup.json of node n1 lacks collection Users",
                        draft -> draft.node("n1", "SUCCESS", "", books("n1"))),
                fault(
                        "backup.json of node n1 has collection Users, of which backup_config.json knows nothing",
                        draft -> draft.participants.put(
                                "n1", new BackupDescriptor.Participant(List.of("Books"), "SUCCESS", ""))),
                fault("b1/n1/Books/chunk-1 is missing", draft -> draft.objects.remove("b1/n1/Books/chunk-1")),
                fault("b1/n1/Books/chunk-1 is empty", draft -> draft.objects.put("b1/n1/Books/chunk-1", 0L)),
                fault(
                        "collection Users has shards on node n1, but no chunk",
                        draft -> draft.node(
                                "n1",
                                "SUCCESS",
                                "",
                                books("n1"),
                                new CollectionDescriptor(
                                        "Users", Set.of("tenant-n1"), Set.of(), places(), true, Map.of()))),
                fault(
                        "shard shard-n1 of collection Books is on no node's list",
                        draft -> draft.node("n1", "SUCCESS", "", users("n1"), books("n0"))),
                fault("chunks of node n1 have 450 bytes, too few for 500000 bytes of data", draft -> {
                    draft.before = 500_000;
                    draft.node("n1", "SUCCESS", "", books("n1"), users("n1"));
                }),
                fault("b0/n0/Books/chunk-7 is missing", draft -> incremental(draft, null)),
                fault("b0/n0/Books/chunk-7 is empty", draft -> incremental(draft, 0L)));
    }

    private static Arguments fault(String problem, Consumer<Draft> spoil) {
        return Arguments.of(problem, spoil);
    }

    private static CollectionDescriptor all(String name) {
        return new CollectionDescriptor(
                name, Set.of("shard-n0", "shard-n1"), Set.of("1"), places("shard-n0", "shard-n1"), false, Map.of());
    }

    /** One node that took everything from backup b0. */
    private static void incremental(Draft draft, Long size) {
        draft.base = Optional.of("b0");
        draft.participants.clear();
        draft.participants.put("n0", new BackupDescriptor.Participant(List.of("Books"), "SUCCESS", ""));
        draft.node("n0", "SUCCESS", "", borrowing("b0", "Books/chunk-7"));
        if (size != null) {
            draft.objects.put("b0/n0/Books/chunk-7", size);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"faults", "faultsOfContent"})
    void findsTheFault(String problem, Consumer<Draft> spoil) {
        var draft = new Draft();
        spoil.accept(draft);

        assertThat(draft.check().problems()).containsExactly(problem);
        assertThat(draft.check().proven()).isFalse();
    }

    @Test
    void whatABaseHoldsIsNotCountedTwice() {
        var draft = new Draft();
        incremental(draft, 1_000_000L);

        var proof = draft.check();

        assertThat(proof.problems()).isEmpty();
        assertThat(proof.bytes()).isLessThan(10_000);
    }

    @Test
    void countsTenantsThatWereLeftOutAndDoesNotBlameThem() {
        var draft = new Draft();
        var some = new CollectionDescriptor(
                "Users", Set.of("tenant-n1"), Set.of("1"), places("tenant-n0", "tenant-n1", "c"), true, Map.of());
        draft.node("n0", "SUCCESS", "", books("n0"), users("n0"));
        draft.node("n1", "SUCCESS", "", books("n1"), some);
        assertThat(draft.check().tenantsLeftOut()).isZero();

        var other = new CollectionDescriptor(
                "Users", Set.of("tenant-n0"), Set.of("1"), places("tenant-n0", "tenant-n1", "c"), true, Map.of());
        draft.node("n0", "SUCCESS", "", books("n0"), other);

        assertThat(draft.check().problems()).isEmpty();
        assertThat(draft.check().tenantsLeftOut()).isEqualTo(1);
    }

    @Test
    void aTarHoldsItsFilesWholeAndZstdHasNoLimit() {
        var draft = new Draft();
        draft.before = 500_000;
        draft.node("n1", "SUCCESS", "", books("n1"), users("n1"));
        draft.compression = "zstd";
        assertThat(draft.check().problems()).isEmpty();

        draft.before = 2000;
        draft.node("n1", "SUCCESS", "", books("n1"), users("n1"));
        assertThat(draft.check().problems()).isEmpty();
        draft.compression = "none";
        assertThat(draft.check().problems()).isNotEmpty();
    }

    @Test
    void collectionsWithoutShardsNeedNoChunk() {
        var draft = new Draft();
        var none = new CollectionDescriptor("Users", Set.of(), Set.of(), places(), true, Map.of());
        draft.node("n1", "SUCCESS", "", books("n1"), none);

        assertThat(draft.check().problems()).isEmpty();
    }

    @Test
    void tellsTenProblemsAndHowManyMore() {
        var draft = new Draft();
        var numbers = new ArrayList<String>();
        for (int number = 0; number < 40; number++) {
            numbers.add("1" + number);
        }
        draft.node(
                "n1",
                "SUCCESS",
                "",
                users("n1"),
                new CollectionDescriptor(
                        "Books", Set.of("shard-n1"), Set.copyOf(numbers), places("shard-n1"), false, Map.of()));

        assertThat(draft.check().problems()).hasSize(11).last().isEqualTo("and 30 more");
    }
}
