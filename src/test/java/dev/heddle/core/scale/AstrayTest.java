package dev.heddle.core.scale;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.scale.ShardLayout.Shard;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AstrayTest {
    private static final List<String> NODES = List.of("db-0", "db-1", "db-2");

    private static List<Finding> of(Shard... shards) {
        return Astray.of(List.of(shards), NODES);
    }

    @Test
    void tellsNothingOfReplicasThatHaveTheirNodes() {
        assertThat(of(new Shard("A", "s0", NODES))).isEmpty();
    }

    @Test
    void namesTheNodeThatAReplicaMisses() {
        assertThat(of(new Shard("A", "s0", List.of("db-0", "db-4"))))
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.topic()).isEqualTo(Topic.REPLICAS);
                    assertThat(finding.message()).contains("nodes [db-4]", "A/s0 on db-0, db-4");
                });
    }

    @Test
    void tellsOfDataThatHasNoNodeAtAll() {
        var findings = of(new Shard("A", "s0", List.of("db-0", "db-4")), new Shard("Single", "anna", List.of("db-3")));

        assertThat(findings).extracting(Finding::topic).containsExactly(Topic.REPLICAS, Topic.DATA_LOSS);
        assertThat(findings.getLast().message()).contains("Single/anna on db-3").doesNotContain("A/s0");
    }

    @Test
    void namesTenAtMost() {
        var shards = IntStream.range(0, 12)
                .mapToObj(i -> new Shard("A", "s" + i, List.of("db-4")))
                .toArray(Shard[]::new);
        assertThat(of(shards).getFirst().message()).contains("A/s9", "and more").doesNotContain("A/s10");
    }
}
