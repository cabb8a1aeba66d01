package dev.heddle.packaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the chart grants, against the one file of rules. */
class RulesIT {
    private static final Path RULES = Path.of("src", "main", "kubernetes", "rules.yaml");
    private static final Set<String> CLUSTER_SCOPED =
            Set.of("ClusterRole", "ClusterRoleBinding", "Namespace", "StorageClass", "PriorityClass");

    private final Helm helm = new Helm(Helm.CHART);

    @Test
    void grantsExactlyTheRulesForAllNamespaces() {
        var rendering = helm.render("--set", "rbac.aggregate=false");

        var role = rendering.only("ClusterRole");
        assertThat(role.get("rules")).containsExactlyElementsOf(rules("namespaced", "cluster"));
        assertBinds(rendering, rendering.only("ClusterRoleBinding"), role);
    }

    @Test
    void grantsTheLeaseInItsOwnNamespaceOnly() {
        var rendering = helm.render();

        var role = rendering.only("Role");
        assertThat(Rendering.namespace(role)).isEqualTo("heddle-system");
        assertThat(role.get("rules")).containsExactlyElementsOf(rules("lease"));
        assertBinds(rendering, rendering.only("RoleBinding"), role);
        assertThat(helm.render("--set", "leaderElection.enabled=false").all("Role"))
                .isEmpty();
    }

    @Test
    void staysInsideTheWatchedNamespaces() {
        var rendering = helm.render(Helm.TWO_NAMESPACES);

        assertThat(rendering.objects()).noneMatch(object -> CLUSTER_SCOPED.contains(Rendering.kind(object)));
        assertThat(rendering.objects())
                .filteredOn(object -> !Rendering.kind(object).equals("CustomResourceDefinition"))
                .extracting(Rendering::namespace)
                .containsOnly("heddle-system", "team-a", "team-b");
        var roles = rendering.all("Role");
        assertThat(roles)
                .extracting(Rendering::namespace)
                .containsExactlyInAnyOrder("team-a", "team-b", "heddle-system");
        assertThat(roles)
                .filteredOn(role -> !Rendering.namespace(role).equals("heddle-system"))
                .allSatisfy(role -> assertThat(role.get("rules")).containsExactlyElementsOf(rules("namespaced")));
        assertThat(rendering.all("RoleBinding")).hasSize(3).allSatisfy(binding -> assertThat(roles)
                .filteredOn(role -> Rendering.namespace(role).equals(Rendering.namespace(binding)))
                .singleElement()
                .satisfies(role -> assertBinds(rendering, binding, role)));
        assertThat(rendering.environment()).containsEntry("QUARKUS_OPERATOR_SDK_NAMESPACES", "team-a,team-b");
    }

    @Test
    void addsItsKindsToTheBuiltInRoles() {
        var roles = helm.render().all("ClusterRole").stream()
                .filter(role -> role.at("/metadata/labels").toString().contains("aggregate-to-"))
                .toList();

        assertThat(roles)
                .extracting(role -> role.at("/metadata/name").asText())
                .containsExactlyInAnyOrder("loom-heddle-view", "loom-heddle-edit", "loom-heddle-admin");
        assertThat(roles)
                .filteredOn(role -> role.at("/metadata/labels").has("rbac.authorization.k8s.io/aggregate-to-view"))
                .singleElement()
                .satisfies(role -> role.get("rules")
                        .forEach(rule -> assertThat(texts(rule.get("verbs"))).isSubsetOf("get", "list", "watch")));
    }

    @Test
    void makesNoRoleWhereToldNotTo() {
        assertThat(helm.render("--set", "rbac.create=false").objects())
                .noneMatch(object -> Rendering.kind(object).contains("Role"));
    }

    @Test
    void asksForNoMoreThanNamedVerbs() {
        assertThat(rules("namespaced", "cluster", "lease")).allSatisfy(rule -> {
            assertThat(texts(rule.get("verbs"))).doesNotContain("*", "deletecollection", "escalate", "bind");
            assertThat(texts(rule.get("resources"))).doesNotContain("*");
            assertThat(texts(rule.get("apiGroups"))).doesNotContain("*");
        });
    }

    /** The API server refuses a Role that holds more than its author: what spec.access grants must be held here. */
    @ParameterizedTest
    @CsvSource({
        "'',pods,get list watch",
        "'',services,get list watch",
        "'',persistentvolumeclaims,get list watch",
        "'',events,get list watch",
        "'',pods/log,get",
        "'',pods/exec,create",
        "'',pods/portforward,create",
        "apps,statefulsets,get list watch",
        "apps,deployments,get list watch",
        "weaviate.io,weaviateclusters,get list watch"
    })
    void holdsWhatItGrantsToPeople(String group, String resource, String verbs) {
        var held = new TreeSet<String>();
        for (var rule : rules("namespaced")) {
            if (texts(rule.get("apiGroups")).contains(group)
                    && texts(rule.get("resources")).contains(resource)) {
                held.addAll(texts(rule.get("verbs")));
            }
        }

        assertThat(held).contains(verbs.split(" "));
    }

    @Test
    void carriesTheRulesAsWritten() {
        assertThat(Helm.CHART.resolve("files/rules.yaml"))
                .as("run make generate")
                .hasSameBinaryContentAs(RULES);
    }

    private static void assertBinds(Rendering rendering, JsonNode binding, JsonNode role) {
        assertThat(binding.at("/roleRef/kind")).isEqualTo(role.get("kind"));
        assertThat(binding.at("/roleRef/name")).isEqualTo(role.at("/metadata/name"));
        var account = rendering.only("ServiceAccount");
        assertThat(binding.get("subjects")).singleElement().satisfies(subject -> {
            assertThat(subject.get("name")).isEqualTo(account.at("/metadata/name"));
            assertThat(subject.get("namespace")).isEqualTo(account.at("/metadata/namespace"));
        });
        assertThat(rendering.pod().getServiceAccountName())
                .isEqualTo(account.at("/metadata/name").asText());
    }

    private static List<JsonNode> rules(String... parts) {
        var source = Helm.documents(Helm.text(RULES)).getFirst();
        return Stream.of(parts).flatMap(part -> source.get(part).valueStream()).toList();
    }

    private static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(element -> texts.add(element.asText()));
        return texts;
    }
}
