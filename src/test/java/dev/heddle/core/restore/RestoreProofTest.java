package dev.heddle.core.restore;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreProofTest {
    private static final Map<String, String> MAPPING = Map.of("db-0", "new-0", "db-1", "new-1");

    private final Backups backup = new Backups();
    private final Map<String, Map<String, Set<String>>> replicas = new HashMap<>(Map.of(
            "Books", Map.of("s1", Set.of("new-0", "new-1")),
            "Users", Map.of("ann", Set.of("new-0"), "bob", Set.of("new-1"))));
    private final Map<String, String> aliases = new HashMap<>(Map.of("Library", "Books"));
    private final Map<String, Map<String, Map<String, Long>>> counts = new HashMap<>();
    private boolean overwrite;

    private ProofReport.Compared compare() {
        var order = new RestoreOrder("new", List.of(), List.of(), Map.of(), false, false, overwrite, 50);
        return RestoreProof.of(order, backup.build(), MAPPING, new Arrived(replicas, aliases, counts));
    }

    @Test
    void provesWhatHasArrived() {
        counts.put("Books", Map.of("s1", Map.of("new-0", 7L, "new-1", 7L)));

        assertThat(compare()).isEqualTo(new ProofReport.Compared(List.of(), List.of()));
    }

    @Test
    void missesACollection() {
        replicas.remove("Users");

        assertThat(compare().problems()).containsExactly("collection Users is not there");
    }

    /** As 1.35.2 does with node_mapping: the files are elsewhere than the sharding state says. */
    @Test
    void findsShardsThatAreNotWhereTheirDataWent() {
        replicas.put("Books", Map.of("s1", Set.of("db-0", "new-1")));

        assertThat(compare().problems())
                .containsExactly("shard s1 of collection Books is on db-0, new-1, and its data went to new-0, new-1");
    }

    @Test
    void missesATenant() {
        replicas.put("Users", Map.of("ann", Set.of("new-0")));

        assertThat(compare().problems()).containsExactly("shard bob of collection Users is not there");
    }

    @Test
    void missesAnAlias() {
        aliases.clear();

        assertThat(compare().problems()).containsExactly("alias Library of collection Books is not there");
    }

    @Test
    void leavesAliasesOfTheClusterUnlessToldOtherwise() {
        aliases.put("Library", "Else");

        assertThat(compare().problems()).isEmpty();
        overwrite = true;
        assertThat(compare().problems()).containsExactly("alias Library leads to Else instead of Books");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, false", "4, 10, false", "5, 10, true", "0, 0, true", "896, 3102, false", "99, 100, true"})
    void findsCopiesThatLackObjects(long one, long other, boolean good) {
        counts.put("Books", Map.of("s1", Map.of("new-0", one, "new-1", other)));

        var found = compare();

        assertThat(found.problems().isEmpty()).isEqualTo(good);
        boolean uneven = good && one != other;
        assertThat(found.notes()).hasSize(uneven ? 1 : 0).allMatch(note -> note.contains("Copies of Books"));
    }

    @Test
    void saysWhichTenantsAreEmpty() {
        backup.inactive = Set.of("bob");

        var found = compare();

        assertThat(found.problems()).isEmpty();
        assertThat(found.notes()).hasSize(1).allMatch(note -> note.endsWith("empty here: 1 tenant."));
    }

    @Test
    void doesNotFillAStatusWithProblems() {
        var many = new HashMap<String, Set<String>>();
        for (int i = 0; i < 40; i++) {
            many.put("t" + i, Set.of("db-0"));
        }
        backup.tenants = many;

        assertThat(compare().problems()).hasSize(11).last().isEqualTo("and 30 more");
    }
}
