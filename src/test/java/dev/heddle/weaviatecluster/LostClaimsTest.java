package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.Credentials;
import dev.heddle.weaviate.OperationsReply;
import dev.heddle.weaviate.SchemaReply;
import dev.heddle.weaviate.ShardingStateReply;
import dev.heddle.weaviate.WeaviateApi;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is left alone. That a claim is made again needs an API server: the reconciler's test. */
class LostClaimsTest {
    private final List<String> calls = new ArrayList<>();
    private List<String> replicas = List.of("db-1");

    private final LostClaims claims = new LostClaims(
            null,
            (WeaviateApi) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {WeaviateApi.class}, (proxy, method, arguments) -> {
                        calls.add(method.getName());
                        return switch (method.getName()) {
                            case "operations" -> new OperationsReply(List.of());
                            case "schema" -> new SchemaReply(List.of(new SchemaReply.Collection("Single", null, null)));
                            default ->
                                new ShardingStateReply(new ShardingStateReply.State(
                                        "Single", List.of(new ShardingStateReply.Shard("s", replicas))));
                        };
                    }),
            null);

    private ClusterPlan look(String phase, boolean... ready) {
        var seen = new Seen(Samples.spec("replicas: 3")).with(new Credentials("a", "o", "c", "", ""));
        for (int i = 0; i < 3; i++) {
            seen.with(Serialization.unmarshal("""
                    kind: Pod
                    apiVersion: v1
                    metadata: {name: db-%d}
                    status: {podIP: 10.0.0.1, conditions: [{type: Ready, status: "%s"}]}
                    """.formatted(i, ready[i] ? "True" : "False"), Pod.class));
            seen.with(Serialization.unmarshal("""
                    kind: PersistentVolumeClaim
                    apiVersion: v1
                    metadata: {name: data-db-%d}
                    status: {phase: %s}
                    """.formatted(i, i == 1 ? phase : "Bound"), PersistentVolumeClaim.class));
        }
        return claims.of(Samples.cluster(seen.spec()), Samples.plan(seen), seen.build());
    }

    @Test
    void keepsTheClaimOfTheOnlyReplicaAndSaysWhatToDo() {
        var plan = look("Lost", true, false, true);

        assertThat(Samples.reasons(plan.findings())).containsExactly("VolumeLost");
        assertThat(plan.findings().getFirst().message())
                .contains("data-db-1", "Single", "kubectl delete pvc -n shop data-db-1");
    }

    @Test
    void asksNobodyWhileNothingIsLostOrOthersAreAwayOrTheNodeServesAllTheSame() {
        replicas = List.of("db-0", "db-1");

        assertThat(look("Bound", true, false, true).findings()).isEmpty();
        assertThat(look("Lost", true, false, false).findings()).isEmpty();
        assertThat(look("Lost", true, true, true).findings()).isEmpty();
        assertThat(calls).isEmpty();
    }
}
