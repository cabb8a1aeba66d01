package dev.heddle.core.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.migration.MigrationPlan.Pace;
import dev.heddle.core.migration.MigrationPlan.Side;
import dev.heddle.core.migration.MigrationPlan.Transport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanCheckTest {
    private static Side side(String url, Transport type) {
        return new Side(url, type, null, null, null, false);
    }

    private static List<String> problems(Side source, Pace pace) {
        var target = side("https://target:443", Transport.GRPC);
        return PlanCheck.problems(
                new MigrationPlan("m", source, target, null, null, List.of("A"), null, pace, 0, false));
    }

    @Test
    void aGoodOne() {
        assertThat(problems(side("http://[fd00::1]:80", Transport.HTTP), null)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "https://target:443 | HTTPS | source.url and target.url are the same",
                "http://a | HTTPS | source.url begins with http://, and its type is https",
                "https://a | HTTP | source.url begins with https://, and its type is http",
                "ftp://a | HTTP | source.url is not a URL of the form https://host:port",
                "https://user:secret@a | HTTPS | source.url is not a URL of the form https://host:port",
                "https://a/v1 | HTTPS | source.url is not a URL of the form https://host:port",
                "'' | GRPC | source.url is not a URL of the form https://host:port"
            })
    void urls(String url, Transport type, String problem) {
        assertThat(problems(side(url, type), null)).containsExactly(problem);
    }

    @Test
    void numbers() {
        assertThat(problems(side("http://a", Transport.HTTP), new Pace(65, -1, 1001)))
                .containsExactly(
                        "pace.parallelism is 65, not 1 to 64",
                        "pace.batchSize is 1001, not 1 to 1000",
                        "pace.rateLimit is -1, not 0 to 2147483647");
    }

    @Test
    void nothingAtAll() {
        assertThat(PlanCheck.problems(
                        new MigrationPlan(null, null, null, null, null, List.of("A"), List.of("A"), null, -1, false)))
                .containsExactly(
                        "id is missing",
                        "source is missing",
                        "target is missing",
                        "deadline is negative",
                        "A is included and excluded");
    }
}
