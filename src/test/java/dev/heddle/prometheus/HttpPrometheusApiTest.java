package dev.heddle.prometheus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import dev.heddle.prometheus.PrometheusApi.NoNumber;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever the address answers is one number, or why there is none. */
@Timeout(30)
class HttpPrometheusApiTest {
    private final Vertx vertx = Vertx.vertx();
    private final List<String> asked = new ArrayList<>();
    private int status = 200;
    private String body = "";
    private HttpServer server;
    private String url;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI() + " "
                    + exchange.getRequestHeaders().getFirst("Authorization"));
            if (body == null) {
                return;
            }
            var bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Location", "http://127.0.0.1:1/elsewhere");
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        url = "http://127.0.0.1:" + server.getAddress().getPort();
    }

    @AfterEach
    void stop() {
        server.stop(0);
        vertx.close();
    }

    private double query(String base, Optional<String> token) throws NoNumber {
        return new HttpPrometheusApi(vertx, Duration.ofMillis(1500)).query(base, token, "sum(rate(x[1m])) + 1");
    }

    private String problem() {
        return catchThrowableOfType(NoNumber.class, () -> query(url, Optional.empty()))
                .getMessage();
    }

    @Test
    void asksWithPathAndToken() throws NoNumber {
        body =
                "{\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"metric\":{},\"value\":[1.5,\"12.5\"]}]}}";

        assertThat(query(url + "/prometheus/", Optional.of("secret"))).isEqualTo(12.5);
        assertThat(query(url, Optional.empty())).isEqualTo(12.5);
        assertThat(asked)
                .containsExactly(
                        "/prometheus/api/v1/query?query=sum%28rate%28x%5B1m%5D%29%29+%2B+1 Bearer secret",
                        "/api/v1/query?query=sum%28rate%28x%5B1m%5D%29%29+%2B+1 null");
    }

    @ParameterizedTest
    @CsvSource({"7, 7", "1e3, 1000", "NaN, NaN", "+Inf, Infinity"})
    void readsNumbersAsPrometheusWritesThem(String text, double value) throws NoNumber {
        body = "{\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1.5,\"%s\"]}}".formatted(text);

        assertThat(Double.valueOf(query(url, Optional.empty()))).isEqualTo(Double.valueOf(value));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[]}} | the query gives 0 series; it has to give one.",
                "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{},{}]}} | the query gives 2 series; it has to give one.",
                "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"vector\",\"result\":[{\"value\":7}]}} | the query gives no number.",
                "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[]}} | the query gives no number.",
                "200 | {\"status\":\"success\",\"data\":{\"resultType\":\"scalar\",\"result\":[1,\"much\"]}} | the query gives no number.",
                "400 | {\"status\":\"error\",\"error\":\"1:4: parse error\"} | Prometheus refuses the query: 1:4: parse error.",
                "200 | {} | HTTP 200, and no answer of a Prometheus.",
                "200 | <html> | HTTP 200, and no answer of a Prometheus.",
                "200 | [] | HTTP 200, and no answer of a Prometheus.",
                "401 | Unauthorized | HTTP 401, and no answer of a Prometheus.",
                "302 | moved | HTTP 302, and no answer of a Prometheus.",
                "500 | {\"status\":\"success\"} | HTTP 500, and no answer of a Prometheus.",
            })
    void saysWhyThereIsNoNumber(int code, String answer, String why) {
        status = code;
        body = answer;

        assertThat(problem()).isEqualTo(why);
        assertThat(asked).hasSize(1);
    }

    @Test
    void readsNoBook() {
        body = "x".repeat(2 << 20);

        assertThat(problem()).isEqualTo("Prometheus cannot be reached.");
    }

    @Test
    void waitsForNobody() {
        body = null;
        assertThat(problem()).contains("does not answer").doesNotContain("127.0.0.1");

        url = "http://127.0.0.1:1";
        assertThat(problem()).isEqualTo("Prometheus cannot be reached.");
    }
}
