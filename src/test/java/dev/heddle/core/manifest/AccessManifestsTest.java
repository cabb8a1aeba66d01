package dev.heddle.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import org.junit.jupiter.api.Test;

class AccessManifestsTest {

    private static Pod pod(String name) {
        return new PodBuilder().withNewMetadata().withName(name).endMetadata().build();
    }

    /** Other pods of the namespace may hold what is none of these people's business. */
    @Test
    void letsPeopleIntoThePodsOfTheClusterOnly() {
        var seen = new Seen(Samples.spec("""
                replicas: 2
                modules: [{name: reranker-transformers}]
                access: [{role: debugger, subjects: [{kind: User, name: ada}]}]"""))
                .with("reranker-transformers", pod("db-reranker-transformers-5f7-x2x"))
                .with("reranker-transformers", pod("db-reranker-transformers-5f7-a1a"));

        var rules = AccessManifests.roles(Samples.plan(seen)).get("db-debugger").getRules();

        assertThat(rules)
                .filteredOn(rule -> rule.getResources().stream().anyMatch(resource -> resource.contains("/")))
                .hasSize(2)
                .allSatisfy(rule -> assertThat(rule.getResourceNames())
                        .containsExactly(
                                "db-0",
                                "db-1",
                                "db-reranker-transformers-5f7-a1a",
                                "db-reranker-transformers-5f7-x2x"));
    }
}
