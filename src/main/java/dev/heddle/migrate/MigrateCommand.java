package dev.heddle.migrate;

import dev.heddle.core.migration.MigrationProgress.Outcome;
import dev.heddle.migrate.StopSignal.Reason;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.quarkus.runtime.ShutdownEvent;
import io.vertx.core.Vertx;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** {@code migrate --plan FILE (--progress FILE | --progress-configmap NAMESPACE/NAME)}. */
@ApplicationScoped
public class MigrateCommand {
    private static final String USAGE =
            "usage: heddle migrate --plan FILE (--progress FILE | --progress-configmap NAMESPACE/NAME)";
    private static final Duration ENDING = Duration.ofSeconds(9);

    private final Launch.Programs programs;
    private final Clock clock;
    private final StopSignal stop = new StopSignal();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile boolean running;

    MigrateCommand(
            Instance<Vertx> vertx, Instance<KubernetesClient> kubernetes, Instance<ObjectTransport> grpc, Clock clock) {
        this.programs = new Launch.Programs(vertx::get, kubernetes::get, grpc::get);
        this.clock = clock;
    }

    /** Returns the exit code. @param arguments without the name of the command */
    public int run(String... arguments) {
        running = true;
        try {
            return new Launch(programs, clock, System.out, stop).run(Arguments.of(arguments));
        } catch (Arguments.Wrong wrong) {
            System.err.println("heddle migrate: " + wrong.getMessage());
            System.err.println(USAGE);
            return Outcome.USAGE;
        } finally {
            ended.countDown();
        }
    }

    /** SIGTERM: what was acknowledged is saved before anything that saving needs is closed. */
    void stopping(@Observes @Priority(1) ShutdownEvent event) throws InterruptedException {
        if (running) {
            stop.stop(Reason.TERMINATED);
            ended.await(ENDING.toMillis(), TimeUnit.MILLISECONDS);
        }
    }
}
