package dev.heddle.core.manifest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.common.Labels;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.Probe;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.api.model.policy.v1.PodDisruptionBudget;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** What has to hold for the children of any cluster, whatever its spec. */
final class SoundManifests {
    /** Without one of these a pod would start as somebody else, or bootstrap a cluster of its own. */
    private static final List<String> IDENTITY =
            List.of("CLUSTER_HOSTNAME", "CLUSTER_JOIN", "RAFT_JOIN", "RAFT_BOOTSTRAP_EXPECT", "PERSISTENCE_DATA_PATH");

    private SoundManifests() {}

    static void check(List<HasMetadata> children) {
        var identities = new HashSet<String>();
        var templates = Stream.concat(
                        of(StatefulSet.class, children).map(set -> set.getSpec().getTemplate()),
                        of(Deployment.class, children)
                                .map(deployment -> deployment.getSpec().getTemplate()))
                .toList();
        for (var child : children) {
            var metadata = child.getMetadata();
            assertThat(identities.add(child.getKind() + "/" + metadata.getName()))
                    .isTrue();
            assertThat(metadata.getName()).hasSizeLessThanOrEqualTo(63).matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?");
            assertThat(metadata.getLabels()).containsEntry(Labels.MANAGED_BY, Labels.MANAGER);
        }
        of(StatefulSet.class, children).forEach(SoundManifests::statefulSet);
        of(Deployment.class, children).forEach(SoundManifests::deployment);
        of(Service.class, children).forEach(service -> service(service, templates));
        of(PodDisruptionBudget.class, children)
                .forEach(budget -> selectsOne(budget.getSpec().getSelector().getMatchLabels(), templates));
        of(NetworkPolicy.class, children)
                .forEach(policy -> selectsSome(policy.getSpec().getPodSelector().getMatchLabels(), templates));
        templates.forEach(template -> restricted(template.getSpec()));
    }

    private static <T> Stream<T> of(Class<T> type, List<HasMetadata> children) {
        return children.stream().filter(type::isInstance).map(type::cast);
    }

    private static void statefulSet(StatefulSet set) {
        var spec = set.getSpec();
        assertThat(spec.getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(spec.getSelector().getMatchLabels());
        assertThat(spec.getPodManagementPolicy()).isEqualTo("Parallel");
        var environment =
                spec.getTemplate().getSpec().getContainers().getFirst().getEnv();
        assertThat(environment).extracting(EnvVar::getName).containsAll(IDENTITY);
        int voters = Integer.parseInt(value(environment, "RAFT_BOOTSTRAP_EXPECT"));
        assertThat(value(environment, "RAFT_JOIN").split(",")).hasSize(voters);
        assertThat(voters).isLessThanOrEqualTo(spec.getReplicas());
    }

    private static void deployment(Deployment deployment) {
        assertThat(deployment.getSpec().getTemplate().getMetadata().getLabels())
                .containsAllEntriesOf(deployment.getSpec().getSelector().getMatchLabels());
    }

    private static String value(List<EnvVar> environment, String name) {
        return environment.stream()
                .filter(variable -> variable.getName().equals(name))
                .findFirst()
                .orElseThrow()
                .getValue();
    }

    private static void service(Service service, List<PodTemplateSpec> templates) {
        var selected = selectsOne(service.getSpec().getSelector(), templates);
        var named = selected.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .map(ContainerPort::getName)
                .toList();
        service.getSpec().getPorts().stream()
                .map(port -> port.getTargetPort())
                .filter(target -> target != null && target.getStrVal() != null)
                .forEach(target -> assertThat(named).contains(target.getStrVal()));
    }

    private static PodTemplateSpec selectsOne(Map<String, String> labels, List<PodTemplateSpec> templates) {
        var selected = selectsSome(labels, templates);
        assertThat(selected).as("pods with %s", labels).hasSize(1);
        return selected.getFirst();
    }

    private static List<PodTemplateSpec> selectsSome(Map<String, String> labels, List<PodTemplateSpec> templates) {
        var selected = templates.stream()
                .filter(template ->
                        template.getMetadata().getLabels().entrySet().containsAll(labels.entrySet()))
                .toList();
        assertThat(selected).as("pods with %s", labels).isNotEmpty();
        return selected;
    }

    /** The restricted level of Pod Security, as far as these pods could break it. */
    private static void restricted(PodSpec pod) {
        var security = pod.getSecurityContext();
        assertThat(security.getRunAsNonRoot()).isTrue();
        assertThat(security.getRunAsUser()).isPositive();
        assertThat(security.getSeccompProfile().getType()).isEqualTo("RuntimeDefault");
        assertThat(pod.getHostNetwork()).isNull();
        assertThat(pod.getHostPID()).isNull();
        assertThat(pod.getInitContainers()).isEmpty();
        assertThat(pod.getVolumes()).extracting(Volume::getHostPath).allMatch(Objects::isNull);
        pod.getContainers().forEach(SoundManifests::container);
    }

    private static void container(Container container) {
        assertThat(container.getEnv()).extracting(EnvVar::getName).doesNotHaveDuplicates();
        assertThat(container.getPorts()).extracting(ContainerPort::getName).doesNotHaveDuplicates();
        assertThat(container.getEnv()).allSatisfy(variable -> assertThat(variable.getValue() == null)
                .as(variable.getName())
                .isEqualTo(variable.getValueFrom() != null));
        var security = container.getSecurityContext();
        assertThat(security.getAllowPrivilegeEscalation()).isFalse();
        assertThat(security.getPrivileged()).isNotEqualTo(Boolean.TRUE);
        assertThat(security.getCapabilities().getDrop()).containsExactly("ALL");
        assertThat(security.getCapabilities().getAdd()).isEmpty();
        assertThat(Stream.of(container.getStartupProbe(), container.getLivenessProbe(), container.getReadinessProbe()))
                .doesNotContainNull()
                .extracting(Probe::getHttpGet)
                .doesNotContainNull();
        assertThat(container.getLivenessProbe().getHttpGet().getPath()).endsWith("/live");
    }
}
