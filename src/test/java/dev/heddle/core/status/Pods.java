package dev.heddle.core.status;

import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Pods as kubelet and scheduler leave them. */
final class Pods {
    static final String PULL =
            "containerStatuses: [{name: weaviate, image: 'x:1', restartCount: 0, state: {waiting: {reason: ImagePullBackOff, message: 'Back-off pulling image x'}}}]";
    static final String CRASH =
            "containerStatuses: [{name: weaviate, restartCount: 4, state: {waiting: {reason: CrashLoopBackOff, message: 'back-off 40s'}}, lastState: {terminated: {exitCode: 1, reason: Error}}}]";
    static final String OOM =
            "containerStatuses: [{name: weaviate, restartCount: 2, state: {waiting: {reason: CrashLoopBackOff, message: 'back-off 40s'}}, lastState: {terminated: {exitCode: 137, reason: OOMKilled}}}]";
    static final String CONFIG =
            "containerStatuses: [{name: weaviate, restartCount: 0, state: {waiting: {reason: CreateContainerConfigError, message: 'secret \"x\" not found'}}}]";
    static final String ENDED =
            "containerStatuses: [{name: weaviate, restartCount: 0, state: {terminated: {exitCode: 2, reason: Error}}}]";
    static final String UNSCHEDULABLE =
            "conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: '0/3 nodes are available'}]";
    static final String INIT_FAILED =
            "initContainerStatuses: [{name: mesh, restartCount: 1, state: {terminated: {exitCode: 1, reason: Error}}}]";
    /** What a mesh leaves in every pod. */
    static final String INIT_DONE =
            "initContainerStatuses: [{name: mesh, ready: true, restartCount: 0, state: {terminated: {exitCode: 0, reason: Completed}}}], containerStatuses: [{name: weaviate, restartCount: 0, state: {running: {}}}]";

    static final String CREATING =
            "containerStatuses: [{name: weaviate, restartCount: 0, state: {waiting: {reason: ContainerCreating}}}]";
    static final String READY = "conditions: [{type: Ready, status: 'True'}]";
    static final String NOT_READY = "conditions: [{type: Ready, status: 'False'}]";

    private Pods() {}

    static Pod pod(int ordinal, String status) {
        return pod(ordinal, "new", status);
    }

    static Pod pod(int ordinal, String revision, String status) {
        return Serialization.unmarshal(
                "kind: Pod\napiVersion: v1\nmetadata: {name: db-%d, labels: {controller-revision-hash: %s}}\nstatus: {%s}"
                        .formatted(ordinal, revision, status),
                Pod.class);
    }

    static Event event(String kind, String reason, String time) {
        return new EventBuilder()
                .withNewMetadata()
                .withCreationTimestamp("2026-01-01T00:00:00Z")
                .endMetadata()
                .withNewInvolvedObject()
                .withKind(kind)
                .withName("data-db-0")
                .endInvolvedObject()
                .withReason(reason)
                .withMessage("no " + reason)
                .withLastTimestamp(time)
                .build();
    }
}
