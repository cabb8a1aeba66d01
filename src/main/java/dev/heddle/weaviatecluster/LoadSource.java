package dev.heddle.weaviatecluster;

import dev.heddle.core.autoscale.Basis;
import dev.heddle.core.autoscale.Counters;
import dev.heddle.core.autoscale.Metric;
import dev.heddle.core.autoscale.Rates;
import dev.heddle.core.autoscale.Reading;
import dev.heddle.core.autoscale.Sample;
import dev.heddle.core.common.Names;
import dev.heddle.core.common.Ports;
import dev.heddle.core.common.Recent;
import dev.heddle.prometheus.PrometheusApi;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.SchemaReply;
import dev.heddle.weaviate.Traffic;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import dev.heddle.weaviate.WeaviateMetrics;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Reads the load of a cluster. Blocks for some seconds at most, whoever does not answer; never called by a reconcile. */
final class LoadSource {
    private static final int REMEMBERED = 5000;
    /** Pods in one message. */
    private static final int MENTIONED = 3;
    /** The shortest time that gives a rate worth the name. */
    private static final Duration SHORTEST = Duration.ofSeconds(3);

    private final PodUsage usage;
    private final WeaviateMetrics metrics;
    private final WeaviateApi weaviate;
    private final PrometheusSource prometheus;
    private final Clock clock;
    /** Former counters by uid of the pod. */
    private final Map<String, Counters> counters = Recent.map(REMEMBERED);

    LoadSource(
            KubernetesClient client,
            WeaviateMetrics metrics,
            WeaviateApi weaviate,
            PrometheusApi prometheus,
            Clock clock) {
        this.prometheus = new PrometheusSource(prometheus);
        this.usage = new PodUsage(client);
        this.metrics = metrics;
        this.weaviate = weaviate;
        this.clock = clock;
    }

    /** A pod that serves. */
    record Node(String name, String uid, String host) {}

    /**
     * Whom to ask for what.
     *
     * @param metrics those that count, and are not asked of a Prometheus
     * @param nodes pods that serve
     * @param scrapes whether Weaviate has its metrics on
     * @param weighs whether the use of CPU and memory matters in any case
     * @param questions for a Prometheus
     */
    record Target(
            Names names,
            Set<Metric> metrics,
            List<Node> nodes,
            Basis basis,
            String operatorKey,
            boolean scrapes,
            boolean weighs,
            PrometheusSource.Questions questions) {}

    Sample of(Target target) {
        var now = clock.instant();
        var readings = new EnumMap<Metric, Reading>(Metric.class);
        var peaks = new HashMap<String, Double>();
        if (target.weighs() || wants(target, Metric.CPU, Metric.MEMORY)) {
            var reply = usage.of(target.names(), now);
            readings.put(Metric.CPU, share(target, reply, "cpu", target.basis().cpu(), PodUsage.Usage::cpu));
            readings.put(
                    Metric.MEMORY, share(target, reply, "memory", target.basis().memory(), PodUsage.Usage::memory));
            peak(target, reply, PodUsage.Usage::cpu).ifPresent(peak -> peaks.put("cpu", peak));
            peak(target, reply, PodUsage.Usage::memory).ifPresent(peak -> peaks.put("memory", peak));
        }
        if (wants(target, Metric.QPS, Metric.LATENCY)) {
            readings.putAll(traffic(target));
        }
        int nodes = target.nodes().size();
        target.questions()
                .queries()
                .keySet()
                .forEach(metric -> readings.put(metric, prometheus.of(target.questions(), metric, nodes)));
        return new Sample(now, nodes, readings, peaks, OptionalInt.empty());
    }

    /** Highest replication factor of a collection; empty where Weaviate does not tell. */
    OptionalInt factor(Target target) {
        for (var node : target.nodes()) {
            try {
                var schema = weaviate.schema(new Endpoint(node.host(), Ports.HTTP, target.operatorKey()));
                return OptionalInt.of(schema.classes().stream()
                        .mapToInt(SchemaReply.Collection::factor)
                        .max()
                        .orElse(1));
            } catch (WeaviateException.Unreachable gone) {
                continue;
            } catch (WeaviateException refused) {
                return OptionalInt.empty();
            }
        }
        return OptionalInt.empty();
    }

    private static boolean wants(Target target, Metric one, Metric other) {
        return target.metrics().contains(one) || target.metrics().contains(other);
    }

    private static Optional<Double> peak(Target target, PodUsage.Reply reply, ToDoubleFunction<PodUsage.Usage> amount) {
        return target.nodes().stream()
                .map(node -> reply.pods().get(node.name()))
                .filter(known -> known != null)
                .map(amount::applyAsDouble)
                .max(Double::compare);
    }

    private static Reading share(
            Target target,
            PodUsage.Reply reply,
            String resource,
            Optional<Double> basis,
            ToDoubleFunction<PodUsage.Usage> amount) {
        if (reply.problem().isPresent()) {
            return new Reading.Unreadable(reply.problem().get());
        }
        if (basis.isEmpty()) {
            return new Reading.Unreadable(
                    "spec.resources.requests.%s is not set, so that there is nothing to compare with."
                            .formatted(resource));
        }
        var known = target.nodes().stream()
                .filter(node -> reply.pods().containsKey(node.name()))
                .toList();
        double sum = known.stream()
                .mapToDouble(node -> amount.applyAsDouble(reply.pods().get(node.name())))
                .sum();
        var missing = new ArrayList<>(target.nodes());
        missing.removeAll(known);
        return reading(
                target,
                100 * sum / (basis.get() * target.nodes().size()),
                missing.isEmpty() ? "" : "metrics.k8s.io has no figures of %s.".formatted(mention(missing)),
                known.isEmpty());
    }

    private Map<Metric, Reading> traffic(Target target) {
        if (!target.scrapes()) {
            var off = new Reading.Unreadable("spec.monitoring.enabled is false.");
            return Map.of(Metric.QPS, off, Metric.LATENCY, off);
        }
        var looks = new ArrayList<Rates.Looks>();
        var silent = new HashMap<String, Node>();
        var fresh = new ArrayList<Node>();
        scrape(target.nodes()).forEach((node, scraped) -> {
            switch (scraped) {
                case Scraped.Page page -> {
                    var former = counters.put(node.uid(), page.counters());
                    if (former == null || tooClose(former, page.counters())) {
                        fresh.add(node);
                    } else {
                        looks.add(new Rates.Looks(former, page.counters()));
                    }
                }
                case Scraped.Nothing nothing -> silent.put(nothing.why(), node);
            }
        });
        var missing = silent.keySet().stream().sorted().limit(MENTIONED).collect(Collectors.joining("; "))
                + (fresh.isEmpty() ? "" : " %s served only now.".formatted(mention(fresh)));
        var rates = Rates.of(looks);
        boolean nothing = looks.isEmpty();
        return Map.of(
                Metric.QPS,
                        reading(
                                target,
                                rates.perSecond() / Math.max(1, target.nodes().size()),
                                missing,
                                nothing),
                Metric.LATENCY, reading(target, rates.latency().orElse(0.0), missing, nothing));
    }

    private static boolean tooClose(Counters former, Counters latest) {
        return Duration.between(former.at(), latest.at()).compareTo(SHORTEST) < 0;
    }

    private static Reading reading(Target target, double value, String missing, boolean nothing) {
        if (target.nodes().isEmpty()) {
            return new Reading.Unreadable("no pod is ready.");
        }
        if (nothing) {
            return new Reading.Unreadable(missing.strip());
        }
        return missing.isBlank() ? new Reading.Measured(value) : new Reading.AtLeast(value, missing.strip());
    }

    private sealed interface Scraped {
        record Page(Counters counters) implements Scraped {}

        record Nothing(String why) implements Scraped {}
    }

    /** All at once: some that do not answer take no longer than one. */
    private Map<Node, Scraped> scrape(Collection<Node> nodes) {
        var pages = new HashMap<Node, Scraped>();
        var asked = nodes.stream()
                .map(node -> (Callable<Scraped>) () -> scrape(node))
                .toList();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = threads.invokeAll(asked).iterator();
            for (var node : nodes) {
                pages.put(node, answers.next().get());
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible.getCause());
        }
        return pages;
    }

    private Scraped scrape(Node node) {
        try {
            Traffic traffic = metrics.traffic(new Endpoint(node.host(), Ports.METRICS, ""));
            return new Scraped.Page(new Counters(clock.instant(), traffic.requests(), traffic.buckets()));
        } catch (WeaviateException problem) {
            return new Scraped.Nothing(problem.getMessage());
        }
    }

    private static String mention(List<Node> nodes) {
        var names = nodes.stream().map(Node::name).sorted().limit(MENTIONED).collect(Collectors.joining(", "));
        return nodes.size() > MENTIONED ? "%s and %d more".formatted(names, nodes.size() - MENTIONED) : names;
    }

    void forget(Collection<Node> nodes) {
        nodes.forEach(node -> counters.remove(node.uid()));
    }
}
