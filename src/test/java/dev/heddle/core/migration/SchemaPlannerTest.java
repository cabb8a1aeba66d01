package dev.heddle.core.migration;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.heddle.core.migration.MigrationPlan.Mode;
import dev.heddle.core.migration.MigrationPlan.OnConflict;
import dev.heddle.core.migration.MigrationPlan.Pace;
import dev.heddle.core.migration.MigrationPlan.Side;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaPlannerTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ARTICLE = """
            {"class":"Article","vectorizer":"text2vec-x","vectorIndexConfig":{"distance":"cosine"},
            "properties":[{"name":"title","dataType":["text"]},{"name":"by","dataType":["Author"]}],
            "replicationConfig":{"factor":2},"shardingConfig":{"desiredCount":3,"actualCount":3,"actualVirtualCount":9}}""";
    private static final String AUTHOR = """
            {"class":"Author","vectorizer":"none","properties":[{"name":"wrote","dataType":["Article"]}]}""";

    private final Map<String, ObjectNode> source = new TreeMap<>();
    private final Map<String, ObjectNode> target = new TreeMap<>();
    private final Map<String, String> sourceAliases = new HashMap<>();
    private final Map<String, String> targetAliases = new HashMap<>();
    private Set<String> modules = Set.of("text2vec-x");
    private int nodes = 3;
    private String version = "1.36.0";
    private OnConflict onConflict = OnConflict.FAIL;
    private Mode mode = Mode.COPY;
    private List<String> include = List.of();
    private List<String> exclude = List.of();

    SchemaPlannerTest() {
        source.put("Article", json(ARTICLE));
        source.put("Author", json(AUTHOR));
    }

    private static ObjectNode json(String text) {
        try {
            return (ObjectNode) JSON.readTree(text);
        } catch (JsonProcessingException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }

    private SchemaPlan plan(boolean begun) {
        var side = new Side("http://x", MigrationPlan.Transport.HTTP, "", "", "", false);
        var plan = new MigrationPlan("m", side, side, mode, onConflict, include, exclude, new Pace(1, 0, 1), 0, false);
        var from = new ServerInfo("1.36.0", Set.of("text2vec-x"), 3, 0, false);
        var to = new ServerInfo(version, modules, nodes, 0, false);
        return SchemaPlanner.plan(
                plan, new SideSchema(from, source, sourceAliases), new SideSchema(to, target, targetAliases), begun);
    }

    private List<String> problems() {
        return plan(false).problems();
    }

    @Test
    void collectionsThatReferToEachOther() {
        var plan = plan(false);
        assertThat(plan.problems()).isEmpty();
        assertThat(plan.collections()).hasSize(2);
        assertThat(plan.collections().getFirst().toString())
                .contains("title", "desiredCount")
                .doesNotContain("Author", "actual");
        assertThat(plan.properties())
                .extracting(one ->
                        one.collection() + "." + one.property().path("name").asText())
                .containsExactly("Article.by", "Author.wrote");
    }

    @Test
    void whatTheTargetLacks() {
        modules = Set.of();
        nodes = 1;
        version = "1.35.2";
        assertThat(problems())
                .containsExactly(
                        "Article has replication factor 2, and the target has 1 node(s)",
                        "Article needs the module text2vec-x, which the target does not have enabled");
        assertThat(plan(false).notes()).containsExactly("the target (1.35.2) is older than the source (1.36.0)");
    }

    @Test
    void namesThatStandForNothing() {
        include = List.of("Article", "Nope");
        exclude = List.of("Neither");
        assertThat(problems())
                .containsExactly(
                        "the source has no collection Nope",
                        "the source has no collection Neither, which is excluded",
                        "Article.by refers to Author, which is not copied and not on the target");
    }

    @Test
    void onTheTargetAlready() {
        target.put("Article", json(ARTICLE));
        assertThat(problems()).containsExactly("Article is on the target already (onConflict: fail)");
        assertThat(plan(true).problems()).isEmpty();
        onConflict = OnConflict.SKIP;
        assertThat(problems()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cosine | dot | Article.vectorIndexConfig.distance: cosine on the source, dot on the target",
                "[\"text\"] | [\"int\"] | Article.properties.title.dataType: [\"text\"] on the source, [\"int\"] on the target"
            })
    void anotherSchemaFieldByField(String from, String to, String problem) {
        onConflict = OnConflict.OVERWRITE;
        target.put("Article", json(ARTICLE.replace(from, to)));
        assertThat(problems()).containsExactly(problem);
    }

    @Test
    void aPropertyThatTheTargetLacksIsAddedOrToldOf() {
        onConflict = OnConflict.SKIP;
        target.put("Article", json(ARTICLE.replace("{\"name\":\"title\",\"dataType\":[\"text\"]},", "")));
        target.put("Author", json(AUTHOR));
        assertThat(plan(false).properties())
                .extracting(one -> one.property().path("name").asText())
                .containsExactly("title");
        mode = Mode.VERIFY;
        assertThat(problems()).containsExactly("Article.title: missing on the target");
    }

    @Test
    void vectorsByAnotherName() {
        onConflict = OnConflict.SKIP;
        var named = "{\"class\":\"V\",\"vectorConfig\":{\"%s\":{\"vectorIndexConfig\":{\"distance\":\"cosine\"}}}}";
        source.put("V", json(named.formatted("a")));
        target.put("V", json(named.formatted("b")));
        assertThat(problems())
                .contains(
                        "V.vectorConfig.a.vectorIndexConfig.distance: cosine on the source, absent on the target",
                        "V.vectorConfig.b.vectorIndexConfig.distance: absent on the source, cosine on the target");
    }

    @Test
    void aliases() {
        sourceAliases.putAll(Map.of("New", "Article", "Same", "Article", "Other", "Author", "Class", "Author"));
        targetAliases.putAll(Map.of("Same", "Article", "Other", "Article"));
        target.put("Class", json("{\"class\":\"Class\"}"));
        var plan = plan(false);
        assertThat(plan.aliases()).containsOnlyKeys("New");
        assertThat(plan.problems())
                .containsExactlyInAnyOrder(
                        "the alias Other stands for Article on the target, and for Author on the source",
                        "the alias Class is a collection on the target");
    }
}
