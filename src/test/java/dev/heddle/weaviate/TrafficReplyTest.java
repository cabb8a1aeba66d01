package dev.heddle.weaviate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A page of metrics, as Weaviate 1.35.2 gave it and as nobody should. */
class TrafficReplyTest {
    private static final String HTTP = "weaviate_http_request_duration_seconds";
    private static final String GRPC = "weaviate_grpc_server_request_duration_seconds";

    /** 30 searches by GraphQL, one object written, one list of objects; the rest is not the users'. */
    @Test
    void countsUsersOnlyInARealPage() throws IOException {
        try (var file = Objects.requireNonNull(getClass().getResourceAsStream("/autoscale/metrics.txt"))) {
            var traffic = TrafficReply.of(new String(file.readAllBytes(), StandardCharsets.UTF_8));

            assertThat(traffic.requests()).isEqualTo(32);
            assertThat(traffic.buckets()).hasSize(15).containsEntry(Double.POSITIVE_INFINITY, 32.0);
            assertThat(traffic.buckets().get(0.005)).isBetween(1.0, 32.0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /v1/graphql, 1",
        "GET, /v1/objects, 1",
        "HEAD, /v1/objects/{className}/{id}, 1",
        "POST, /v1/objects, 1",
        "DELETE, /v1/objects/{className}/{id}, 0",
        "POST, /v1/batch/objects, 0",
        "GET, /v1/objectsx, 0",
        "GET, /v1/.well-known/ready, 0",
        "GET, /v1/nodes, 0",
        "POST, /replicas/indices/, 0",
        "GET, /indices/, 0",
    })
    void knowsUsersByTheirRoute(String method, String route, double requests) throws IOException {
        var line = HTTP + "_count{method=\"%s\",route=\"%s\",status_code=\"200\"} 1\n";

        assertThat(TrafficReply.of(line.formatted(method, route)).requests()).isEqualTo(requests);
    }

    @ParameterizedTest
    @CsvSource({
        "weaviate.v1.Weaviate, Search, 1",
        "weaviate.v1.Weaviate, Aggregate, 1",
        "weaviate.v1.Weaviate, BatchObjects, 0",
        "grpc.health.v1.Health, Check, 0",
        "weaviate.internal.cluster.ClusterService, Query, 0",
    })
    void knowsUsersByTheirCall(String service, String method, double requests) throws IOException {
        var line = GRPC + "_count{grpc_service=\"%s\",method=\"%s\",status=\"OK\"} 1\n";

        assertThat(TrafficReply.of(line.formatted(service, method)).requests()).isEqualTo(requests);
    }

    @Test
    void addsUpBothInterfaces() throws IOException {
        var traffic = TrafficReply.of("""
                # TYPE weaviate_http_request_duration_seconds histogram
                %s_bucket{method="POST",route="/v1/graphql",status_code="200",le="0.1"} 3
                %s_bucket{method="POST",route="/v1/graphql",status_code="200",le="+Inf"} 4
                %s_sum{method="POST",route="/v1/graphql",status_code="200"} 1.5
                %s_count{method="POST",route="/v1/graphql",status_code="200"} 4 1760000000000
                %s_bucket{grpc_service="weaviate.v1.Weaviate",method="Search",status="OK",le="0.1"} 5
                %s_bucket{grpc_service="weaviate.v1.Weaviate",method="Search",status="OK",le="+Inf"} 6.0e0
                %s_count{grpc_service="weaviate.v1.Weaviate",method="Search",status="OK"} 6""".formatted(HTTP, HTTP, HTTP, HTTP, GRPC, GRPC, GRPC));

        assertThat(traffic).isEqualTo(new Traffic(10, Map.of(0.1, 8.0, Double.POSITIVE_INFINITY, 10.0)));
    }

    /** Routes hold whatever a scanner asks for. */
    @ParameterizedTest
    @ValueSource(strings = {"/a\\\"b", "/a}b", "/a,le=0", "/a\\\\", "/ä{x}", "", "/a\\nb"})
    void isNotLedAstrayByALabel(String route) throws IOException {
        var page = HTTP + "_count{method=\"GET\",route=\"" + route + "\",status_code=\"404\"} 7\n" + HTTP
                + "_count{method=\"GET\",route=\"/v1/objects\",status_code=\"200\"} 1\n";

        assertThat(TrafficReply.of(page).requests()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "_count{method=\"GET\",route=\"/v1/objects\",status_code=\"200\"} many",
                "_count{method=\"GET\",route=\"/v1/objects\",status_code=\"200\"} -1",
                "_count{method=\"GET\",route=\"/v1/objects\",status_code=\"200\"} NaN",
                "_count{method=\"GET\",route=\"/v1/objects\",status_code=\"200\"} +Inf",
                "_count{method=\"GET\",route=\"/v1/objects\",status_code=\"200\"}",
                "_count{method=\"GET\",route=\"/v1/objects",
                "_count{method=GET} 1",
                "_count",
                "_bucket{method=\"GET\",route=\"/v1/objects\",status_code=\"200\"} 1",
                "_bucket{method=\"GET\",route=\"/v1/objects\",le=\"wide\"} 1",
            })
    void refusesWhatIsNoMetric(String line) {
        assertThatThrownBy(() -> TrafficReply.of(HTTP + line + "\n"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("text format of Prometheus");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n", "<html>502 Bad Gateway</html>", "go_goroutines 7\nrequests_total 9"})
    void findsNothingWhereNobodyAskedYet(String page) throws IOException {
        assertThat(TrafficReply.of(page)).isEqualTo(new Traffic(0, Map.of()));
    }
}
