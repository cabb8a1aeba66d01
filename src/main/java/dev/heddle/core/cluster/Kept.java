package dev.heddle.core.cluster;

import static java.util.Objects.requireNonNullElse;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateRunning;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimSpec;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.DeploymentSpec;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetSpec;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The parts of live objects that somebody reads. The caches keep no others: there are a dozen objects for each cluster.
 * {@link LiveCluster} shows no more than this either, so that whoever reads something else finds nothing in the tests
 * already, and adds it here.
 */
public final class Kept {
    private static final String OURS = "heddle.dev/";
    private static final String READY = "Ready";
    private static final String READ_VARIABLE = "ENABLE_MODULES";

    private Kept() {}

    public static Pod of(Pod pod) {
        var kept = new Pod();
        kept.setMetadata(metadata(pod));
        kept.setSpec(pod.getSpec() == null ? null : of(pod.getSpec()));
        kept.setStatus(pod.getStatus() == null ? null : of(pod.getStatus()));
        return kept;
    }

    public static PersistentVolumeClaim of(PersistentVolumeClaim claim) {
        var kept = new PersistentVolumeClaim();
        kept.setMetadata(metadata(claim));
        kept.setSpec(claim.getSpec() == null ? null : of(claim.getSpec()));
        kept.setStatus(claim.getStatus() == null ? null : of(claim.getStatus()));
        return kept;
    }

    public static StatefulSet of(StatefulSet set) {
        var kept = new StatefulSet();
        kept.setMetadata(set.getMetadata());
        kept.setSpec(set.getSpec() == null ? null : of(set.getSpec()));
        kept.setStatus(set.getStatus());
        return kept;
    }

    public static Deployment of(Deployment deployment) {
        var kept = new Deployment();
        kept.setMetadata(deployment.getMetadata());
        kept.setSpec(deployment.getSpec() == null ? null : of(deployment.getSpec()));
        kept.setStatus(deployment.getStatus());
        return kept;
    }

    /** Labels all, because pods are told apart by them; annotations only our own. */
    private static ObjectMeta metadata(HasMetadata object) {
        var metadata = object.getMetadata();
        var kept = new ObjectMeta();
        kept.setNamespace(metadata.getNamespace());
        kept.setName(metadata.getName());
        kept.setUid(metadata.getUid());
        kept.setResourceVersion(metadata.getResourceVersion());
        kept.setCreationTimestamp(metadata.getCreationTimestamp());
        kept.setDeletionTimestamp(metadata.getDeletionTimestamp());
        kept.setLabels(metadata.getLabels());
        kept.setAnnotations(ours(metadata));
        return kept;
    }

    private static Map<String, String> ours(ObjectMeta metadata) {
        return requireNonNullElse(metadata.getAnnotations(), Map.<String, String>of()).entrySet().stream()
                .filter(annotation -> annotation.getKey().startsWith(OURS))
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static PodSpec of(PodSpec spec) {
        var kept = new PodSpec();
        kept.setNodeName(spec.getNodeName());
        kept.setContainers(spec.getContainers().stream().map(Kept::of).toList());
        return kept;
    }

    private static Container of(Container container) {
        var kept = new Container();
        kept.setName(container.getName());
        kept.setImage(container.getImage());
        kept.setResources(container.getResources());
        kept.setEnv(container.getEnv().stream()
                .filter(variable -> READ_VARIABLE.equals(variable.getName()))
                .toList());
        return kept;
    }

    private static PodStatus of(PodStatus status) {
        var kept = new PodStatus();
        kept.setPhase(status.getPhase());
        kept.setReason(status.getReason());
        kept.setMessage(status.getMessage());
        kept.setPodIP(status.getPodIP());
        kept.setStartTime(status.getStartTime());
        kept.setConditions(status.getConditions().stream().map(Kept::of).toList());
        kept.setInitContainerStatuses(
                status.getInitContainerStatuses().stream().map(Kept::of).toList());
        kept.setContainerStatuses(
                status.getContainerStatuses().stream().map(Kept::of).toList());
        return kept;
    }

    /** Of its times only since when a pod is ready, so that the other conditions are equal for most pods. */
    private static PodCondition of(PodCondition condition) {
        var kept = new PodCondition();
        kept.setType(condition.getType());
        kept.setStatus(condition.getStatus());
        kept.setReason(condition.getReason());
        kept.setMessage(condition.getMessage());
        kept.setLastTransitionTime(READY.equals(condition.getType()) ? condition.getLastTransitionTime() : null);
        return kept;
    }

    private static ContainerStatus of(ContainerStatus status) {
        var kept = new ContainerStatus();
        kept.setName(status.getName());
        kept.setImage(status.getImage());
        kept.setReady(status.getReady());
        kept.setStarted(status.getStarted());
        kept.setRestartCount(status.getRestartCount());
        kept.setState(of(status.getState()));
        kept.setLastState(of(status.getLastState()));
        kept.setResources(status.getResources());
        return kept;
    }

    /** When a container that runs was started nobody asks. */
    private static ContainerState of(ContainerState state) {
        if (state == null) {
            return null;
        }
        var kept = new ContainerState();
        kept.setRunning(state.getRunning() == null ? null : new ContainerStateRunning());
        kept.setWaiting(state.getWaiting());
        kept.setTerminated(state.getTerminated());
        return kept;
    }

    private static PersistentVolumeClaimSpec of(PersistentVolumeClaimSpec spec) {
        var kept = new PersistentVolumeClaimSpec();
        kept.setStorageClassName(spec.getStorageClassName());
        kept.setAccessModes(spec.getAccessModes());
        kept.setResources(spec.getResources());
        return kept;
    }

    private static PersistentVolumeClaimStatus of(PersistentVolumeClaimStatus status) {
        var kept = new PersistentVolumeClaimStatus();
        kept.setPhase(status.getPhase());
        kept.setCapacity(status.getCapacity());
        kept.setConditions(status.getConditions());
        return kept;
    }

    private static StatefulSetSpec of(StatefulSetSpec spec) {
        var kept = new StatefulSetSpec();
        kept.setReplicas(spec.getReplicas());
        kept.setUpdateStrategy(spec.getUpdateStrategy());
        kept.setTemplate(spec.getTemplate() == null ? null : containers(spec.getTemplate()));
        kept.setVolumeClaimTemplates(
                spec.getVolumeClaimTemplates().stream().map(Kept::template).toList());
        return kept;
    }

    private static PersistentVolumeClaim template(PersistentVolumeClaim claim) {
        var kept = new PersistentVolumeClaim();
        kept.setSpec(claim.getSpec() == null ? null : of(claim.getSpec()));
        return kept;
    }

    private static DeploymentSpec of(DeploymentSpec spec) {
        var kept = new DeploymentSpec();
        kept.setReplicas(spec.getReplicas());
        kept.setTemplate(spec.getTemplate() == null ? null : annotations(spec.getTemplate()));
        return kept;
    }

    private static PodTemplateSpec containers(PodTemplateSpec template) {
        var kept = new PodTemplateSpec();
        kept.setSpec(template.getSpec() == null ? null : of(template.getSpec()));
        return kept;
    }

    private static PodTemplateSpec annotations(PodTemplateSpec template) {
        var kept = new PodTemplateSpec();
        kept.setMetadata(new ObjectMeta());
        if (template.getMetadata() != null) {
            kept.getMetadata().setAnnotations(ours(template.getMetadata()));
        }
        return kept;
    }
}
