package dev.heddle.dependent;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/** What went wrong, for a status: people read it who know Kubernetes, and no Java. */
public final class Problem {
    /** Messages of the API server may hold a whole object. */
    private static final int MAX_WORDS = 256;

    private static final List<Class<? extends Exception>> SILENCE = List.of(
            SocketException.class,
            SocketTimeoutException.class,
            UnknownHostException.class,
            HttpTimeoutException.class,
            ClosedChannelException.class,
            TimeoutException.class);

    private Problem() {}

    /** In the words of the API server, if that answered; else who could not be reached; else of the first cause. */
    public static String words(Exception problem) {
        return answered(problem)
                .or(() -> unreachable(problem))
                .or(() -> said(problem))
                .map(Problem::shortened)
                .orElse("nothing is known of it but its kind, %s; see the operator's log."
                        .formatted(problem.getClass().getSimpleName()));
    }

    private static Optional<String> answered(Exception problem) {
        return client(problem)
                .filter(refused -> refused.getCode() > 0)
                .findFirst()
                .map(refused -> {
                    var status = Optional.ofNullable(refused.getStatus());
                    return "The API server answered %d%s: %s"
                            .formatted(
                                    refused.getCode(),
                                    status.map(known -> known.getReason())
                                            .filter(reason -> !reason.isEmpty())
                                            .map(reason -> " " + reason)
                                            .orElse(""),
                                    status.map(known -> known.getMessage()).orElseGet(refused::getMessage));
                });
    }

    private static Optional<String> unreachable(Exception problem) {
        boolean silent = causes(problem).anyMatch(cause -> SILENCE.stream().anyMatch(kind -> kind.isInstance(cause)));
        if (!silent) {
            return Optional.empty();
        }
        var who = client(problem).findFirst().isPresent() ? "The API server" : "A server";
        return Optional.of(who + " could not be reached: " + said(problem).orElse("no connection."));
    }

    /** By the innermost that says anything; one without words of its own has the name of its cause. */
    private static Optional<String> said(Exception problem) {
        return causes(problem)
                .filter(cause -> cause.getCause() == null
                        || !Objects.equals(cause.getMessage(), cause.getCause().toString()))
                .map(Throwable::getMessage)
                .filter(message -> message != null && !message.isBlank())
                .reduce((outer, inner) -> inner);
    }

    private static Stream<KubernetesClientException> client(Exception problem) {
        return causes(problem)
                .filter(KubernetesClientException.class::isInstance)
                .map(KubernetesClientException.class::cast);
    }

    /** The outermost first. */
    private static Stream<Throwable> causes(Exception problem) {
        return Stream.iterate((Throwable) problem, Objects::nonNull, Throwable::getCause);
    }

    private static String shortened(String words) {
        return words.length() > MAX_WORDS ? words.substring(0, MAX_WORDS) + "…" : words;
    }
}
