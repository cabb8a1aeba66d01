package dev.heddle.core.restore;

import static dev.heddle.core.restore.Backups.order;
import static dev.heddle.core.restore.Backups.target;
import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.restore.FitReport.Fits;
import dev.heddle.core.restore.FitReport.Unfit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestoreFitnessTest {
    private final Backups backup = new Backups();

    private Unfit unfit(RestoreOrder order, TargetFacts target) {
        var report = RestoreFitness.of(order, backup.build(), target);
        assertThat(report).isInstanceOf(Unfit.class);
        assertThat(((Unfit) report).person()).isTrue();
        return (Unfit) report;
    }

    private static RestoreOrder all(String cluster) {
        return order(cluster, List.of(), List.of(), Map.of());
    }

    private static TargetFacts facts(Set<String> collections, Map<String, String> aliases) {
        return new TargetFacts(
                "1.36.0", List.of("db-0", "db-1"), collections, aliases, Set.of("backup-s3"), false, false);
    }

    @ParameterizedTest
    @CsvSource({
        "db,  1.36.0, db-0 db-1, db-0=db-0 db-1=db-1",
        "db,  1.36.0, db-0 db-1 db-2, db-0=db-0 db-1=db-1",
        "db,  1.40.1, db-0 db-1, db-0=db-0 db-1=db-1",
        "new, 1.36.0, new-0 new-1, db-0=new-0 db-1=new-1",
        "new, 1.36.0, new-0 new-1 new-2 new-3, db-0=new-0 db-1=new-1",
    })
    void fitsNodesByNameElseByNumber(String cluster, String version, String nodes, String mapping) {
        var report = RestoreFitness.of(all(cluster), backup.build(), target(version, nodes.split(" ")));

        assertThat(report).isInstanceOf(Fits.class);
        var fit = ((Fits) report).fit();
        assertThat(fit.mapping()).isEqualTo(pairs(mapping));
        assertThat(fit.collections()).isEqualTo(2);
        assertThat(fit.bytes()).isEqualTo(700);
    }

    /** 1.35.2 says SUCCESS and loses objects. */
    @Test
    void refusesOtherNamesBeforeWeaviateCanDoThem() {
        backup.version = "1.35.2";

        var unfit = unfit(all("new"), target("1.35.2", "new-0", "new-1"));

        assertThat(unfit.reason()).isEqualTo("NodeMappingUnsafe");
        assertThat(unfit.message()).contains("db-0, db-1", "new-0, new-1", "1.35.2", "1.36.0");
        assertThat(RestoreFitness.of(all("db"), backup.build(), target("1.35.2", "db-0", "db-1")))
                .isInstanceOf(Fits.class);
        var within = order("db", List.of(), List.of(), Map.of("db-0", "db-2"));
        assertThat(unfit(within, target("1.35.2", "db-0", "db-1", "db-2")).reason())
                .isEqualTo("NodeMappingUnsafe");
    }

    @ParameterizedTest
    @CsvSource({
        "db-0=x-7, 'names node x-7, which the cluster does not have; it has db-0, db-1, other'",
        "db-9=db-0, 'names node db-9, which the backup does not have; it has db-0, db-1'",
        "db-0=db-1, db-0 and db-1 would both get onto node db-1",
        "db-0=other db-1=other, db-0 and db-1 would both get onto node other",
    })
    void refusesAMappingThatIsNone(String mapping, String words) {
        var unfit = unfit(order("db", List.of(), List.of(), pairs(mapping)), target("1.36.0", "db-0", "db-1", "other"));

        assertThat(unfit.reason()).isEqualTo("NodeMappingInvalid");
        assertThat(unfit.message()).contains(words);
    }

    @Test
    void takesAMappingThatIsGiven() {
        var swapped = Map.of("db-0", "db-1", "db-1", "db-0");
        var report = RestoreFitness.of(
                order("db", List.of(), List.of(), swapped), backup.build(), target("1.36.0", "db-0", "db-1"));

        assertThat(((Fits) report).fit().mapping()).isEqualTo(swapped);
    }

    @Test
    void namesNodesWithoutCounterpart() {
        backup.prefix = "old";
        backup.tenants = Map.of("ann", Set.of("old0"), "bob", Set.of("old1"));

        assertThat(unfit(all("db"), target("1.36.0", "db-0", "db-1")).message())
                .contains("Node old0 of the backup has no counterpart");
    }

    @Test
    void needsAsManyNodes() {
        var unfit = unfit(all("db"), target("1.36.0", "db-0"));

        assertThat(unfit.reason()).isEqualTo("TooFewNodes");
        assertThat(unfit.message()).contains("of 2 nodes", "has 1", "spec.replicas");
    }

    @ParameterizedTest
    @CsvSource({"1.36.0, 1.35.9", "1.36.1, 1.36.0", "2.0.0, 1.99.9"})
    void needsAVersionAsNew(String wrote, String runs) {
        backup.version = wrote;

        assertThat(unfit(all("db"), target(runs, "db-0", "db-1")).reason()).isEqualTo("VersionTooOld");
    }

    @Test
    void neverOverwrites() {
        var unfit = unfit(all("db"), facts(Set.of("Books", "Else"), Map.of()));

        assertThat(unfit.reason()).isEqualTo("CollectionExists");
        assertThat(unfit.message()).contains("has Books already").doesNotContain("Else");
        assertThat(RestoreFitness.of(
                        order("db", List.of(), List.of("Bo*"), Map.of()),
                        backup.build(),
                        facts(Set.of("Books"), Map.of())))
                .isInstanceOf(Fits.class);
    }

    @Test
    void refusesNamesThatWouldStandForTwo() {
        assertThat(unfit(all("db"), facts(Set.of("Else"), Map.of("Users", "Else")))
                        .reason())
                .isEqualTo("NameTaken");
        assertThat(unfit(all("db"), facts(Set.of("Library"), Map.of())).message())
                .startsWith("Library");
        assertThat(RestoreFitness.of(all("db"), backup.build(), facts(Set.of("Else"), Map.of("Library", "Else"))))
                .isInstanceOf(Fits.class);
    }

    @Test
    void needsTheModules() {
        backup.modules = Set.of("text2vec-openai", "backup-s3");

        var unfit = unfit(all("db"), target("1.36.0", "db-0", "db-1"));

        assertThat(unfit.reason()).isEqualTo("ModulesMissing");
        assertThat(unfit.message())
                .contains("Collection Books uses module text2vec-openai")
                .doesNotContain("backup-s3");
    }

    @ParameterizedTest
    @CsvSource({"true, false, RolesNotEnabled", "false, true, UsersNotEnabled"})
    void needsAPlaceForPeople(boolean roles, boolean users, String reason) {
        var order = new RestoreOrder("db", List.of(), List.of(), Map.of(), roles, users, false, 50);
        var target = new TargetFacts("1.36.0", List.of("db-0", "db-1"), Set.of(), Map.of(), Set.of(), true, true);

        assertThat(unfit(order, target("1.36.0", "db-0", "db-1")).reason()).isEqualTo(reason);
        assertThat(RestoreFitness.of(order, backup.build(), target)).isInstanceOf(Fits.class);
    }

    @ParameterizedTest
    @CsvSource({
        "Nope, '', CollectionNotInBackup",
        "B?, '', CollectionNotInBackup",
        "'', Books *s*, NothingToRestore",
    })
    void saysWhatTheBackupLacks(String include, String exclude, String reason) {
        var unfit = unfit(order("db", words(include), words(exclude), Map.of()), target("1.36.0", "db-0", "db-1"));

        assertThat(unfit.reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "'', '', Books Users",
        "Books, '', Books",
        "B*, '', Books",
        "?ooks User?, '', Books Users",
        "'', Nope U*, Books"
    })
    void understandsWildcards(String include, String exclude, String names) {
        assertThat(RestoreFitness.collections(order("db", words(include), words(exclude), Map.of()), backup.build()))
                .isEqualTo(words(names));
    }

    @Test
    void needsAWholeBackup() {
        backup.status = "FAILED";

        var unfit = unfit(all("db"), target("1.36.0", "db-0", "db-1"));

        assertThat(unfit.reason()).isEqualTo("BackupNotWhole");
        assertThat(unfit.message()).contains("status FAILED");
    }

    private static List<String> words(String text) {
        return text.isEmpty() ? List.of() : List.of(text.split(" "));
    }

    private static Map<String, String> pairs(String text) {
        return List.of(text.split(" ")).stream()
                .map(pair -> pair.split("="))
                .collect(java.util.stream.Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }
}
