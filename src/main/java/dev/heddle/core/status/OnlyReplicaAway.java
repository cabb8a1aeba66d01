package dev.heddle.core.status;

import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.common.Times;
import io.fabric8.kubernetes.api.model.Condition;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The condition of that name: a node with the only replica of some shards is restarted. It stands in the status before
 * the pod goes, and until the node serves again; nothing else remembers it.
 */
public final class OnlyReplicaAway {
    public static final String TYPE = "OnlyReplicaAway";

    /** Between the announcement and the restart, so that whoever reads it can act; conditions know whole seconds. */
    static final Duration LEAD = Duration.ofSeconds(2);

    /** An announced restart that did not happen by then is announced again, or not at all. */
    static final Duration PROMPT = Duration.ofSeconds(15);

    /** When a node that has served all along is not restarted. Longer, because a cache may still show its former pod. */
    static final Duration EXPIRES = Duration.ofSeconds(30);

    private static final int NAMED = 10;
    private static final Pattern NODE = Pattern.compile("Node ([a-z0-9.-]+), which .*");
    private static final String RESTARTS = "is restarted: requests to these shards fail until it serves again.";

    private OnlyReplicaAway() {}

    /** What comes next where such a node is to be restarted. */
    public enum Turn {
        ANNOUNCE,
        WAIT,
        RESTART
    }

    /** The condition, where it was ever told. @param status may be null */
    public static Optional<Condition> of(WeaviateClusterStatus status) {
        return Optional.ofNullable(status)
                .map(WeaviateClusterStatus::conditions)
                .flatMap(conditions -> Conditions.find(conditions, TYPE));
    }

    /** Whether a node is announced now. @param status may be null */
    public static boolean is(WeaviateClusterStatus status) {
        return of(status).filter(OnlyReplicaAway::is).isPresent();
    }

    private static boolean is(Condition condition) {
        return "True".equals(condition.getStatus());
    }

    /** @param before the condition as it stands in the status */
    public static Turn turn(String node, Optional<Condition> before, Instant now) {
        var going = before.filter(OnlyReplicaAway::is);
        if (going.isEmpty()) {
            return Turn.ANNOUNCE;
        }
        var since = since(going.get());
        boolean due = node(going.get()).equals(Optional.of(node))
                && !since.plus(LEAD).isAfter(now)
                && since.plus(PROMPT).isAfter(now);
        return due ? Turn.RESTART : Turn.WAIT;
    }

    /** @param collections names of those with shards of which this node has the only replica */
    public static Finding announcement(String node, List<String> collections) {
        int more = collections.size() - NAMED;
        return new Finding(
                Topic.ONLY_REPLICA,
                "NodeRestarts",
                "Node %s, which has the only replica of shards of %s%s, %s"
                        .formatted(
                                node,
                                collections.stream().limit(NAMED).collect(Collectors.joining(", ")),
                                more > 0 ? " and %d more collections".formatted(more) : "",
                                RESTARTS));
    }

    /**
     * Nothing is told of a cluster that never had one, or of one with another spec.
     *
     * @param announced what is to be announced; heard only while nothing else is
     * @param serves since when a node of this name has served; empty while it does not
     */
    public static void tell(
            Optional<Finding> announced,
            Optional<Condition> before,
            Function<String, Optional<Instant>> serves,
            Conditions conditions,
            Instant now) {
        if (before.filter(OnlyReplicaAway::is).isPresent()) {
            goesOn(before.get(), serves, conditions, now);
        } else if (announced.isPresent()) {
            conditions.add(TYPE, true, announced.get().reason(), announced.get().message());
        } else if (before.isPresent()
                && Objects.equals(before.get().getObservedGeneration(), conditions.generation())) {
            conditions.add(TYPE, false, before.get().getReason(), before.get().getMessage());
        }
    }

    private static void goesOn(
            Condition before, Function<String, Optional<Instant>> serves, Conditions conditions, Instant now) {
        var since = since(before);
        var node = node(before);
        var served = node.flatMap(serves);
        boolean old = !since.plus(EXPIRES).isAfter(now);
        if (served.filter(from -> !from.isBefore(since)).isPresent()) {
            end(
                    "NodeBack",
                    "has restarted, and serves again after %d s."
                            .formatted(Duration.between(since, now).toSeconds()),
                    before,
                    conditions);
        } else if (node.isEmpty() || served.isPresent() && old) {
            end("RestartPutOff", "was not restarted.", before, conditions);
        } else {
            conditions.add(TYPE, true, before.getReason(), before.getMessage());
        }
    }

    private static void end(String reason, String words, Condition before, Conditions conditions) {
        conditions.add(TYPE, false, reason, message(before).replace(RESTARTS, words));
    }

    /** Since when nodes serve: by kubelet, and as far as the others see them. */
    static Function<String, Optional<Instant>> serving(ClusterObservation seen) {
        return node -> missed(seen.weaviate(), node)
                ? Optional.empty()
                : seen.live().pods().stream()
                        .filter(pod -> node.equals(pod.getMetadata().getName()))
                        .findFirst()
                        .flatMap(PodTrouble::readySince);
    }

    private static boolean missed(WeaviateReport report, String node) {
        return switch (report) {
            case WeaviateReport.Answered answered ->
                answered.nodes().stream().noneMatch(seen -> seen.healthy() && node.equals(seen.name()));
            case WeaviateReport.Unreachable _ -> true;
            // What nobody can be asked about is taken as kubelet has it.
            case WeaviateReport.NotAsked _, WeaviateReport.Refused _ -> false;
        };
    }

    private static Instant since(Condition condition) {
        return Times.parse(condition.getLastTransitionTime());
    }

    private static Optional<String> node(Condition condition) {
        var match = NODE.matcher(message(condition));
        return match.matches() ? Optional.of(match.group(1)) : Optional.empty();
    }

    private static String message(Condition condition) {
        return Objects.requireNonNullElse(condition.getMessage(), "");
    }
}
