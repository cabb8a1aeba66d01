package dev.heddle.weaviatecluster;

import dev.heddle.api.weaviate.v1.AutoScalingSpec;
import dev.heddle.api.weaviate.v1.PrometheusQueriesSpec;
import dev.heddle.api.weaviate.v1.PrometheusSpec;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.autoscale.Metric;
import dev.heddle.core.autoscale.Reading;
import dev.heddle.core.cluster.References;
import dev.heddle.core.common.Names;
import dev.heddle.prometheus.PrometheusApi;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Metrics that a Prometheus is asked for, in place of the sources that are used otherwise. */
final class PrometheusSource {
    private final PrometheusApi api;

    PrometheusSource(PrometheusApi api) {
        this.api = api;
    }

    /**
     * What to ask whom.
     *
     * @param queries by metric
     * @param problem why nothing can be asked
     */
    record Questions(String url, Optional<String> token, Map<Metric, String> queries, Optional<String> problem) {
        static final Questions NONE = new Questions("", Optional.empty(), Map.of(), Optional.empty());

        static Questions of(Names names, WeaviateClusterSpec spec, References references) {
            return Optional.ofNullable(spec.autoScaling())
                    .map(AutoScalingSpec::prometheus)
                    .map(prometheus -> of(names, prometheus, references))
                    .orElse(NONE);
        }

        private static Questions of(Names names, PrometheusSpec spec, References references) {
            var queries = new EnumMap<Metric, String>(Metric.class);
            for (var metric : Metric.values()) {
                query(metric, spec.queries())
                        .ifPresent(query -> queries.put(
                                metric,
                                query.replace("$namespace", names.namespace()).replace("$cluster", names.cluster())));
            }
            var reference = Optional.ofNullable(spec.bearerTokenSecretRef());
            return new Questions(
                    spec.url(),
                    reference
                            .flatMap(key -> references.value(key.name(), key.key()))
                            .flatMap(Questions::plain),
                    queries,
                    reference
                            .flatMap(key -> references.check(key, "spec.autoScaling.prometheus.bearerTokenSecretRef"))
                            .map(finding -> finding.message()));
        }

        /** A query without a target decides nothing. */
        Questions only(Set<Metric> targets) {
            var asked = new EnumMap<Metric, String>(Metric.class);
            asked.putAll(queries);
            asked.keySet().retainAll(targets);
            return new Questions(url, token, asked, problem);
        }

        private static Optional<String> plain(String base64) {
            try {
                var text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8).strip();
                return Optional.of(text).filter(token -> token.chars().noneMatch(Character::isISOControl));
            } catch (IllegalArgumentException impossible) {
                return Optional.empty();
            }
        }

        private static Optional<String> query(Metric metric, PrometheusQueriesSpec queries) {
            return Optional.ofNullable(
                    switch (metric) {
                        case CPU -> queries.cpu();
                        case MEMORY -> queries.memory();
                        case QPS -> queries.qps();
                        case LATENCY -> queries.latency();
                    });
        }

        /** Without the token, which is nobody's business. */
        @Override
        public String toString() {
            return url + " " + queries;
        }
    }

    Reading of(Questions questions, Metric metric, int nodes) {
        if (questions.problem().isPresent()) {
            return new Reading.Unreadable(questions.problem().get());
        }
        try {
            double value = api.query(
                    questions.url(), questions.token(), questions.queries().get(metric));
            if (Double.isNaN(value) && metric == Metric.LATENCY) {
                return new Reading.Measured(0);
            }
            if (!(value >= 0) || Double.isInfinite(value)) {
                return new Reading.Unreadable("the query gives %s.".formatted(value));
            }
            return new Reading.Measured(metric == Metric.QPS ? value / Math.max(1, nodes) : value);
        } catch (PrometheusApi.NoNumber none) {
            return new Reading.Unreadable(none.getMessage());
        }
    }
}
