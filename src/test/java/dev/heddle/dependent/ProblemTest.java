package dev.heddle.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.channels.ClosedChannelException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

class ProblemTest {
    private static final KubernetesClientException CONFLICT = new KubernetesClientException(
            "Failure executing: PUT at: https://10.0.0.1:443/apis. Received status: Status(apiVersion=v1, …)",
            409,
            new StatusBuilder()
                    .withReason("Conflict")
                    .withMessage("the object has been modified")
                    .build());

    @Test
    void speaksAsTheApiServer() {
        var said = "The API server answered 409 Conflict: the object has been modified";

        assertThat(Problem.words(CONFLICT)).isEqualTo(said);
        assertThat(Problem.words(new IllegalStateException("wrapped", CONFLICT)))
                .isEqualTo(said);
        assertThat(Problem.words(new KubernetesClientException("bad gateway", 502, null)))
                .isEqualTo("The API server answered 502: bad gateway");
    }

    @Test
    void saysWhoCouldNotBeReached() {
        var refused = new ConnectException("Connection refused: /10.0.0.1:443");

        assertThat(Problem.words(new KubernetesClientException(
                        "Operation: [get] for kind: [Pod] failed.", new IOException("failed to connect", refused))))
                .isEqualTo("The API server could not be reached: Connection refused: /10.0.0.1:443");
        assertThat(Problem.words(new KubernetesClientException("An error has occurred.", new TimeoutException())))
                .isEqualTo("The API server could not be reached: An error has occurred.");
        assertThat(Problem.words(new IllegalStateException(new ClosedChannelException())))
                .isEqualTo("A server could not be reached: no connection.");
    }

    @Test
    void leavesOutTheNamesOfClasses() {
        var cause = new IllegalStateException("no room");

        assertThat(Problem.words(new RuntimeException("wrapped", new RuntimeException(cause))))
                .isEqualTo("no room");
        assertThat(Problem.words(new RuntimeException("with words", new IllegalStateException())))
                .isEqualTo("with words");
    }

    @Test
    void saysLittleOfALongOneAndWhereToLookForNone() {
        assertThat(Problem.words(new RuntimeException("x".repeat(9000)))).hasSize(257);
        assertThat(Problem.words(new IllegalStateException())).contains("IllegalStateException", "log");
    }
}
