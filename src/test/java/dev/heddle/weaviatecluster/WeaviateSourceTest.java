package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.NodesReply;
import dev.heddle.weaviate.StatisticsReply;
import dev.heddle.weaviate.WeaviateException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Whom of three pods is believed. */
class WeaviateSourceTest {
    private static final List<String> ALL = List.of("db-0", "db-1", "db-2");

    /** Nodes that the pod of an address sees; none where it does not answer. */
    private final Map<String, List<String>> views = new HashMap<>(Map.of("10.0.0.0", ALL, "10.0.0.2", ALL));

    private final class Views extends UnaskedWeaviate {
        @Override
        public NodesReply nodes(Endpoint endpoint) throws WeaviateException {
            var view = views.get(endpoint.host());
            if (view == null) {
                throw new WeaviateException.Unreachable(endpoint, "timeout");
            }
            return new NodesReply(view.stream()
                    .map(name -> new NodesReply.Node(name, "HEALTHY", "1.35.2", null, List.of(), "ReadWrite"))
                    .toList());
        }

        @Override
        public StatisticsReply statistics(Endpoint endpoint) {
            return new StatisticsReply(List.of(), true);
        }
    }

    private WeaviateReport look() {
        var seen = new Seen(Samples.spec("replicas: 3"));
        IntStream.range(0, 3).forEach(i -> seen.with(Serialization.unmarshal("""
                kind: Pod
                apiVersion: v1
                metadata: {name: db-%d}
                status: {podIP: 10.0.0.%d, conditions: [{type: Ready, status: "True"}]}
                """.formatted(i, i), Pod.class)));
        return new WeaviateSource(new Views()).of(seen.build().live(), 3, "key");
    }

    private List<String> seen() {
        return ((WeaviateReport.Answered) look())
                .nodes().stream().map(WeaviateReport.Node::name).toList();
    }

    @Test
    void believesWhoSeesLess() {
        assertThat(seen()).isEqualTo(ALL);
        views.put("10.0.0.2", List.of("db-1", "db-2"));
        assertThat(seen()).containsExactly("db-1", "db-2");
        views.put("10.0.0.0", List.of("db-0"));
        assertThat(seen()).containsExactly("db-0");
    }

    @Test
    void needsOneAnswer() {
        views.remove("10.0.0.2");
        assertThat(seen()).isEqualTo(ALL);
        views.remove("10.0.0.0");
        assertThat(look()).isInstanceOf(WeaviateReport.Unreachable.class);
        views.put("10.0.0.2", ALL);
        assertThat(seen()).isEqualTo(ALL);
    }
}
