package dev.heddle.backup;

import dev.heddle.core.backup.BackupSituation.Node;
import dev.heddle.core.backup.ServerStorage;
import dev.heddle.core.common.Ports;
import dev.heddle.core.status.PodTrouble;
import dev.heddle.weaviate.Endpoint;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** The database pods of a cluster, as coordinators of a backup. @param key of the operator's own user in Weaviate */
record DatabaseNodes(List<Pod> pods, String key) {
    private static final String CONTAINER = "weaviate";

    DatabaseNodes {
        pods = pods.stream()
                .sorted(Comparator.comparing(pod -> pod.getMetadata().getName()))
                .toList();
    }

    List<Node> nodes() {
        return pods.stream()
                .map(pod -> new Node(pod.getMetadata().getName(), process(pod), serves(pod)))
                .toList();
    }

    /** Where a process can be asked, if it still runs. */
    Optional<Endpoint> endpoint(String process) {
        return pods.stream()
                .filter(DatabaseNodes::serves)
                .filter(pod -> process(pod).equals(process))
                .findFirst()
                .map(this::endpoint);
    }

    /** Some node that serves. */
    Optional<Endpoint> any() {
        return pods.stream().filter(DatabaseNodes::serves).findFirst().map(this::endpoint);
    }

    /** Whether a variable of the nodes' environment is true. */
    boolean switchedOn(String variable) {
        return environment()
                .flatMap(all -> all.stream()
                        .filter(one -> variable.equals(one.getName()))
                        .findFirst())
                .filter(one -> "true".equals(one.getValue()))
                .isPresent();
    }

    /** Where the nodes write backups; all of them alike, but for a rollout, during which no backup begins. */
    Optional<ServerStorage> storage() {
        return environment().flatMap(ServerStorage::of);
    }

    private Optional<List<EnvVar>> environment() {
        return pods.stream()
                .flatMap(pod -> pod.getSpec().getContainers().stream())
                .filter(container -> CONTAINER.equals(container.getName()))
                .findFirst()
                .map(Container::getEnv);
    }

    private Endpoint endpoint(Pod pod) {
        return new Endpoint(pod.getStatus().getPodIP(), Ports.HTTP, key);
    }

    private static boolean serves(Pod pod) {
        return pod.getMetadata().getDeletionTimestamp() == null
                && PodTrouble.ready(pod)
                && pod.getStatus().getPodIP() != null;
    }

    private static String process(Pod pod) {
        var restarts =
                Optional.ofNullable(pod.getStatus())
                        .map(status -> status.getContainerStatuses())
                        .orElse(List.of())
                        .stream()
                        .filter(container -> CONTAINER.equals(container.getName()))
                        .map(ContainerStatus::getRestartCount)
                        .filter(count -> count != null)
                        .findFirst()
                        .orElse(0);
        return pod.getMetadata().getUid() + "/" + restarts;
    }
}
