package dev.heddle.migrate;

import dev.heddle.core.migration.MigrationPlan;
import dev.heddle.core.migration.MigrationProgress.Outcome;
import dev.heddle.core.migration.PlanCheck;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** From a command line to a migration. */
record Launch(Programs programs, Clock clock, PrintStream out, StopSignal stop) {
    /** Asked for only where they are needed. */
    record Programs(Supplier<Vertx> vertx, Supplier<KubernetesClient> kubernetes, Supplier<ObjectTransport> grpc) {}

    /** What is taken is given back within the time that Kubernetes gives a pod to end. */
    private static final Duration GIVING_BACK = Duration.ofSeconds(10);

    /** Returns the exit code. */
    int run(Arguments arguments) throws Arguments.Wrong {
        var plan = plan(arguments.plan());
        var store = store(arguments);
        var patient = new Retries(new Retries.Waiting(Duration.ofMillis(200), GIVING_BACK), new StopSignal());
        var retries = new Retries(Retries.Waiting.USUAL, stop);
        try (var source = side("source", plan.source(), plan, retries);
                var target = side("target", plan.target(), plan, retries)) {
            var both = Map.of("source", with(source, patient), "target", with(target, patient));
            var sides = new Migration.Sides(source, target, both);
            var surroundings = new Keeper.Surroundings(store, clock, out, Keeper.Cadence.USUAL);
            return new Migration(plan, sides, surroundings, stop)
                    .run()
                    .map(Outcome::exitCode)
                    .orElse(Outcome.STOPPED);
        }
    }

    private static Side with(Side side, Retries retries) {
        return new Side(side.name(), side.schema(), side.objects(), retries);
    }

    private static MigrationPlan plan(Path file) throws Arguments.Wrong {
        try {
            var plan = MigrationDocuments.plan(Files.readString(file));
            var problems = PlanCheck.problems(plan);
            if (!problems.isEmpty()) {
                throw new Arguments.Wrong(file + ": " + String.join("; ", problems));
            }
            return plan;
        } catch (IOException | MigrationException problem) {
            throw new Arguments.Wrong(file + ": " + problem.getMessage());
        }
    }

    private ProgressStore store(Arguments arguments) {
        return arguments
                .configMap()
                .<ProgressStore>map(
                        name -> new ConfigMapProgressStore(programs.kubernetes().get(), name.namespace(), name.name()))
                .orElseGet(() -> new FileProgressStore(arguments.progress().orElseThrow()));
    }

    private Side side(String name, MigrationPlan.Side side, MigrationPlan plan, Retries retries)
            throws Arguments.Wrong {
        var access = access(name, side);
        // Each part may read one page ahead while it writes; one is for everything else.
        var connections = 2 * plan.pace().parallelism() + 1;
        var vertx = programs.vertx().get();
        var schema = new RestSchema(new RestClient(vertx, access, connections), clock);
        ObjectChannel rest = new RestObjects(new RestClient(vertx, access, connections));
        return new Side(
                name,
                schema,
                side.type() == MigrationPlan.Transport.GRPC
                        ? programs.grpc().get().open(access, rest)
                        : rest,
                retries);
    }

    private static Access access(String name, MigrationPlan.Side side) throws Arguments.Wrong {
        var rest = URI.create(side.url());
        var grpc = side.grpcUrl().isEmpty()
                ? URI.create("%s://%s:50051".formatted(rest.getScheme(), rest.getHost()))
                : URI.create(side.grpcUrl());
        var ca = side.caFile().isEmpty() ? Optional.<Path>empty() : Optional.of(Path.of(side.caFile()));
        if (ca.isPresent() && !Files.isReadable(ca.get())) {
            throw new Arguments.Wrong("%s.caFile: %s cannot be read".formatted(name, ca.get()));
        }
        return new Access(rest, grpc, key(name, side.apiKeyFile()), ca, side.insecure());
    }

    private static String key(String name, String file) throws Arguments.Wrong {
        if (file.isEmpty()) {
            return "";
        }
        try {
            var key = Files.readString(Path.of(file)).strip();
            if (key.isEmpty() || key.chars().anyMatch(Character::isISOControl)) {
                throw new Arguments.Wrong("%s.apiKeyFile: %s holds no key".formatted(name, file));
            }
            return key;
        } catch (IOException problem) {
            throw new Arguments.Wrong("%s.apiKeyFile: %s cannot be read".formatted(name, file));
        }
    }
}
