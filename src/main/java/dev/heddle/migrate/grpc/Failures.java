package dev.heddle.migrate.grpc;

import dev.heddle.migrate.MigrationException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a status of gRPC means for a migration. Weaviate calls nearly everything UNKNOWN. There its words decide, and
 * what they do not tell counts as passing, as HTTP 500 does: mostly another node did not answer.
 */
final class Failures {
    /** Go's words, of the one who sends and of the one who receives. */
    static final String TOO_LARGE = "larger than max";

    private static final int BAD_REQUEST = 400;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int UNPROCESSABLE = 422;
    static final int CONTENT_TOO_LARGE = 413;
    private static final int NOT_IMPLEMENTED = 501;

    private static final List<String> DENIED = List.of("unauthorized", "unauthenticated", "forbidden", "extract auth");
    private static final List<String> MISSING = List.of("could not find class", "not found in schema");
    private static final List<String> WRONG =
            List.of("tenant not found", "multi-tenancy", "query maximum results", "no such prop", "parse params");

    private Failures() {}

    static MigrationException of(Status status, String where, String words) {
        var message = where + status.name() + (words.isEmpty() ? "" : ": " + shortened(readable(words)));
        return switch (status) {
            case UNAUTHENTICATED, PERMISSION_DENIED -> new MigrationException.Denied(message);
            case RESOURCE_EXHAUSTED ->
                words.contains(TOO_LARGE)
                        ? new MigrationException.Refused(CONTENT_TOO_LARGE, message)
                        : new MigrationException.Busy(message, Optional.empty());
            case UNAVAILABLE, ABORTED -> new MigrationException.Busy(message, Optional.empty());
            case DEADLINE_EXCEEDED, CANCELLED -> new MigrationException.Unreachable(message);
            case INVALID_ARGUMENT, OUT_OF_RANGE, FAILED_PRECONDITION ->
                new MigrationException.Refused(BAD_REQUEST, message);
            case NOT_FOUND -> new MigrationException.Refused(NOT_FOUND, message);
            case ALREADY_EXISTS -> new MigrationException.Refused(CONFLICT, message);
            case UNIMPLEMENTED -> new MigrationException.Refused(NOT_IMPLEMENTED, message);
            case OK, UNKNOWN, INTERNAL, DATA_LOSS -> byWords(message);
        };
    }

    private static MigrationException byWords(String message) {
        var words = message.toLowerCase(Locale.ROOT);
        if (any(DENIED, words)) {
            return new MigrationException.Denied(message);
        }
        if (any(MISSING, words)) {
            return new MigrationException.Refused(NOT_FOUND, message);
        }
        return any(WRONG, words)
                ? new MigrationException.Refused(UNPROCESSABLE, message)
                : new MigrationException.Busy(message, Optional.empty());
    }

    private static boolean any(List<String> parts, String words) {
        return parts.stream().anyMatch(words::contains);
    }

    /** In trailers the message stands as it travels, with what is not ASCII in percents. */
    private static String readable(String words) {
        try {
            return URLDecoder.decode(words.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException plain) {
            return words;
        }
    }

    private static String shortened(String words) {
        var longest = 500;
        return words.length() > longest ? words.substring(0, longest) + "…" : words;
    }
}
