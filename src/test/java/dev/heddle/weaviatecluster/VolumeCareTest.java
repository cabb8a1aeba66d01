package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.cluster.WeaviateReport.Answered;
import dev.heddle.core.cluster.WeaviateReport.Node;
import dev.heddle.core.cluster.WeaviateReport.Shard;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.WeaviateException;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** One volume that has grown, with shards that were read-only: when its StatefulSet may be made again. */
class VolumeCareTest {
    private final Set<String> readOnly = new HashSet<>();
    private final List<String> requests = new ArrayList<>();
    private final List<String> asked = new ArrayList<>();
    private String refused = "";
    private boolean away;

    private final KubernetesClient client = (KubernetesClient) Proxy.newProxyInstance(
            getClass().getClassLoader(), new Class<?>[] {KubernetesClient.class}, (proxy, method, arguments) -> {
                requests.add(arguments[1] + " " + arguments[0]);
                return null;
            });

    /** Lets shards take writes, but for the refused one. */
    private final UnaskedWeaviate weaviate = new UnaskedWeaviate() {
        @Override
        public void setReady(Endpoint endpoint, String collection, String shard) throws WeaviateException {
            asked.add(shard);
            if (away) {
                throw new WeaviateException.Unreachable(endpoint, "timeout");
            }
            if (shard.equals(refused)) {
                throw new WeaviateException.Refused(endpoint, "/v1/schema", 500, "no leader");
            }
            readOnly.remove(shard);
        }
    };

    private final VolumeCare care = new VolumeCare(new VolumeGrowth(client, null), new ShardRecovery(weaviate), null);

    private VolumeCareTest shards(int count) {
        IntStream.range(0, count).forEach(i -> readOnly.add("s%03d".formatted(i)));
        return this;
    }

    private void reconcile() {
        asked.clear();
        var shards =
                readOnly.stream().sorted().map(name -> new Shard("Books", name)).toList();
        var seen = new Seen(Samples.spec("storage: {size: 20Gi}"))
                .with(Serialization.unmarshal("""
                        kind: StatefulSet
                        apiVersion: apps/v1
                        metadata: {name: db, namespace: shop, generation: 4, annotations: {heddle.dev/raft-voters: "1"}}
                        spec:
                          replicas: 1
                          template: {spec: {containers: [{name: weaviate, image: "x:1.35.2", env: []}]}}
                          volumeClaimTemplates: [{spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 10Gi}}}}]
                        status: {replicas: 1, observedGeneration: 4, updateRevision: new}
                        """, StatefulSet.class))
                .with(Serialization.unmarshal("""
                        kind: PersistentVolumeClaim
                        apiVersion: v1
                        metadata: {name: data-db-0}
                        spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 20Gi}}}
                        status: {capacity: {storage: 20Gi}}
                        """, PersistentVolumeClaim.class))
                .with(Serialization.unmarshal("""
                        kind: Pod
                        apiVersion: v1
                        metadata: {name: db-0, labels: {controller-revision-hash: new}}
                        status: {podIP: 10.0.0.1, conditions: [{type: Ready, status: "True"}]}
                        """, Pod.class))
                .with(new Answered(List.of(new Node("db-0", "1.35.2", "HEALTHY", 1, 1, shards, false)), List.of()));
        care.of(Samples.cluster(seen.spec()), Samples.plan(seen), seen.build());
    }

    @Test
    void isOverWhenNothingWasReadOnly() {
        reconcile();
        assertThat(requests).containsExactly("DELETE /apis/apps/v1/namespaces/shop/statefulsets/db");
    }

    @Test
    void comesBackForThoseThatAreTooManyAtOnce() {
        shards(450).reconcile();
        reconcile();
        assertThat(asked).hasSize(200);
        assertThat(requests).isEmpty();
        reconcile();
        assertThat(asked).hasSize(50);
        assertThat(readOnly).isEmpty();
        assertThat(requests).hasSize(1);
    }

    @Test
    void comesBackForOneThatWasRefused() {
        refused = "s000";
        shards(3).reconcile();
        assertThat(readOnly).containsExactly("s000");
        assertThat(requests).isEmpty();
        refused = "";
        reconcile();
        assertThat(requests).hasSize(1);
    }

    @Test
    void asksNobodyTwiceWhoDoesNotAnswer() {
        away = true;
        shards(3).reconcile();
        assertThat(asked).hasSize(1);
        assertThat(requests).isEmpty();
    }
}
