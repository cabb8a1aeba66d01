package dev.heddle.weaviatecluster;

import dev.heddle.core.cluster.LiveCluster;
import dev.heddle.core.cluster.RuntimeSettings;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.cluster.WeaviateReport.RaftView;
import dev.heddle.core.common.Names;
import dev.heddle.core.common.Ports;
import dev.heddle.core.status.PodTrouble;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.NodesReply;
import dev.heddle.weaviate.StatisticsReply;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Asks ready pods what Weaviate thinks of the whole cluster. */
final class WeaviateSource {
    private final WeaviateApi api;

    WeaviateSource(WeaviateApi api) {
        this.api = api;
    }

    /** @param wanted nodes that are to stay; what becomes of the others does not keep anybody from asking */
    WeaviateReport of(LiveCluster live, int wanted, String operatorKey) {
        int staying = live.statefulSet()
                .map(set -> Math.min(wanted, set.getSpec().getReplicas()))
                .orElse(wanted);
        var pods =
                live.pods().stream().filter(pod -> Names.ordinal(pod) < staying).toList();
        var ready = pods.stream()
                .filter(PodTrouble::ready)
                .filter(pod -> pod.getStatus().getPodIP() != null)
                .toList();
        if (ready.isEmpty() || ready.size() < pods.size()) {
            return new WeaviateReport.NotAsked();
        }
        var first = ask(ready.getFirst(), operatorKey);
        // A pod that does not answer may be about to leave; another one is asked before anybody is alarmed.
        if (first instanceof WeaviateReport.Unreachable) {
            return ask(ready.getLast(), operatorKey);
        }
        return first instanceof WeaviateReport.Answered answered && ready.size() > 1
                ? lesser(answered, ready.getLast(), operatorKey)
                : first;
    }

    /**
     * A node that was killed sees the others at once, and they may not see it for a minute: memberlist gives a name to
     * another address only then (DeadNodeReclaimTime, Weaviate 1.35.2). So two are asked, and the one that sees less
     * is believed.
     */
    private WeaviateReport lesser(WeaviateReport.Answered first, Pod other, String operatorKey) {
        try {
            var nodes = api.nodes(new Endpoint(other.getStatus().getPodIP(), Ports.HTTP, operatorKey)).nodes().stream()
                    .map(WeaviateSource::node)
                    .toList();
            return healthy(nodes) < healthy(first.nodes())
                    ? new WeaviateReport.Answered(nodes, first.raft(), first.inSync())
                    : first;
        } catch (WeaviateException unknown) {
            return first;
        }
    }

    private static long healthy(List<WeaviateReport.Node> nodes) {
        return nodes.stream().filter(WeaviateReport.Node::healthy).count();
    }

    private WeaviateReport ask(Pod pod, String operatorKey) {
        var endpoint = new Endpoint(pod.getStatus().getPodIP(), Ports.HTTP, operatorKey);
        try {
            var nodes = api.nodes(endpoint);
            var statistics = api.statistics(endpoint);
            return new WeaviateReport.Answered(
                    nodes.nodes().stream().map(WeaviateSource::node).toList(),
                    statistics.statistics().stream().map(WeaviateSource::view).toList(),
                    !Boolean.FALSE.equals(statistics.inSync()));
        } catch (WeaviateException.Refused refused) {
            return new WeaviateReport.Refused(refused.status(), refused.getMessage());
        } catch (WeaviateException problem) {
            return new WeaviateReport.Unreachable(problem.getMessage());
        }
    }

    private static WeaviateReport.Node node(NodesReply.Node node) {
        var stats = Optional.ofNullable(node.stats());
        return new WeaviateReport.Node(
                Objects.requireNonNullElse(node.name(), ""),
                node.version(),
                node.status(),
                stats.map(NodesReply.Stats::shardCount).orElse(0L),
                stats.map(NodesReply.Stats::objectCount).orElse(0L),
                node.shards().stream()
                        .filter(NodesReply.Shard::readOnly)
                        .map(shard -> new WeaviateReport.Shard(shard.collection(), shard.name()))
                        .toList(),
                RuntimeSettings.PAUSED.equals(node.operationalMode()));
    }

    private static RaftView view(StatisticsReply.Node node) {
        var raft = Optional.ofNullable(node.raft());
        var servers = raft.map(StatisticsReply.Raft::latestConfiguration).orElse(List.of());
        return new RaftView(
                Objects.requireNonNullElse(node.name(), ""),
                node.ready() && node.dbLoaded(),
                raft.map(StatisticsReply.Raft::state).filter("Leader"::equals).isPresent(),
                Objects.requireNonNullElse(node.leaderId(), ""),
                servers.stream()
                        .filter(StatisticsReply.Server::voter)
                        .map(StatisticsReply.Server::id)
                        .toList(),
                servers.stream().map(StatisticsReply.Server::id).toList());
    }
}
