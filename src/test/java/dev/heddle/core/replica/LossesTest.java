package dev.heddle.core.replica;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.scale.ShardLayout;
import java.util.List;
import org.junit.jupiter.api.Test;

class LossesTest {
    private static final List<String> NODES = List.of("n0", "n1", "n2", "n3");

    private static ShardLayout.Collection collection(String name, String... replicas) {
        var shard = new ShardLayout.Shard(name, "s", List.of(replicas));
        return new ShardLayout.Collection(name, replicas.length, false, List.of(shard));
    }

    private static Losses losses(List<ShardLayout.Collection> collections, String... replaced) {
        return Losses.of(new ShardLayout(collections, List.of()), NODES, 3, List.of(replaced));
    }

    @Test
    void countsNoReplicaOnAnotherReplacedVolume() {
        var two = collection("Two", "n1", "n3");
        var three = collection("Three", "n0", "n1", "n3");

        assertThat(losses(List.of(two, three), "n1").collections()).isEmpty();
        var losses = losses(List.of(two, three), "n1", "n3");
        assertThat(losses.schema()).isFalse();
        assertThat(losses.collections().keySet()).containsExactly("n1", "n3");
        assertThat(losses.collections().get("n3")).containsExactly("Two");
        assertThat(losses.of("n0")).isFalse();
    }

    @Test
    void countsSingles() {
        assertThat(losses(List.of(collection("One", "n3")), "n3").of("n3")).isTrue();
    }

    @Test
    void knowsThatTheSchemaWentWithTheVoters() {
        assertThat(losses(List.of(), "n0", "n1", "n2").schema()).isTrue();
        assertThat(losses(List.of(collection("New", "n3")), "n0", "n1", "n2").schema())
                .as("a collection that somebody made since")
                .isTrue();
        assertThat(losses(List.of(), "n0", "n1").schema()).as("outvoted").isTrue();
        assertThat(losses(List.of(collection("Kept", "n2", "n3")), "n0", "n1").schema())
                .as("the schema is there")
                .isFalse();
        assertThat(losses(List.of(), "n0", "n3").schema()).isFalse();
        var single = new ShardLayout(List.of(), List.of());
        assertThat(Losses.of(single, List.of("n0"), 1, List.of("n0")).of("n0")).isTrue();
    }
}
