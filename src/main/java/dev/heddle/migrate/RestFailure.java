package dev.heddle.migrate;

import dev.heddle.migrate.MigrationException.Busy;
import dev.heddle.migrate.MigrationException.Denied;
import dev.heddle.migrate.MigrationException.Refused;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a status of HTTP means for who asked. */
final class RestFailure {
    private static final int WORDS = 300;
    private static final Pattern SECONDS = Pattern.compile("\\d{1,4}");
    /** Refusals by a state that passes: a full disk that grows, a leader that is elected, memory that gets free. */
    private static final Pattern PASSING = Pattern.compile(
            "read-?only|leader not found|tenant not active|not enough memory|memory pressure|too many requests|shutting down|"
                    + "disk usage|deadline exceeded|connection refused|shard not ready|loading",
            Pattern.CASE_INSENSITIVE);

    private RestFailure() {}

    record Answer(int status, Buffer body, Optional<String> date, Optional<String> retryAfter) {}

    static RestClient.Reply unlessGood(String where, Answer answer) throws MigrationException {
        var status = answer.status();
        if (status >= 200 && status < 300) {
            return new RestClient.Reply(status, answer.body(), answer.date());
        }
        var body = answer.body().toString();
        var message = "%s: HTTP %d %s"
                .formatted(where, status, body.length() > WORDS ? body.substring(0, WORDS) + "…" : body);
        throw switch (status) {
            case 401, 403 -> new Denied(message);
            case 429, 500, 502, 503, 504 -> new Busy(message, after(answer.retryAfter()));
            default -> passes(body) ? new Busy(message, Optional.empty()) : new Refused(status, message);
        };
    }

    /** Whether a refusal, by the server's words, may be none a moment later. */
    static boolean passes(String words) {
        return PASSING.matcher(words).find();
    }

    /** Only seconds: nobody sends a date. */
    private static Optional<Duration> after(Optional<String> header) {
        return header.filter(value -> SECONDS.matcher(value).matches())
                .map(Long::parseLong)
                .map(Duration::ofSeconds);
    }
}
