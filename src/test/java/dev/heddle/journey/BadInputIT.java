package dev.heddle.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What users get wrong ends in words, harms nothing else, and is over as soon as it is corrected. */
@Tag("journey")
class BadInputIT {
    private static final String HERE = "journey-input";
    private static final String LIMITED = "journey-input-limited";
    private static final String LATE_CLASS = "journey-late";

    @RegisterExtension
    static final Journey JOURNEY = Journey.in(HERE, LIMITED);

    private Subject subject;

    @AfterEach
    void remove() {
        subject.delete();
        subject.awaitGone();
        JOURNEY.client().storage().v1().storageClasses().withName(LATE_CLASS).delete();
    }

    @Test
    void unknownStorageClass() {
        create("class", "storage: {size: 256Mi, storageClassName: %s}".formatted(LATE_CLASS));
        subject.awaitCondition("Ready", "False", "ProvisioningFailed", LATE_CLASS);

        var client = JOURNEY.client();
        var provisioner = client.storage().v1().storageClasses().list().getItems().stream()
                .filter(known -> "true"
                        .equals(known.getMetadata()
                                .getAnnotations()
                                .get("storageclass.kubernetes.io/is-default-class")))
                .findFirst()
                .orElseThrow()
                .getProvisioner();
        client.resource(new StorageClassBuilder()
                        .withNewMetadata()
                        .withName(LATE_CLASS)
                        .endMetadata()
                        .withProvisioner(provisioner)
                        .withVolumeBindingMode("WaitForFirstConsumer")
                        .build())
                .create();
        // The local provisioner serves no other class than its own: asked for a volume is as far as this gets here.
        await("a volume is asked for").atMost(Subject.PATIENCE).untilAsserted(() -> assertThat(subject.claims())
                .singleElement()
                .satisfies(claim -> assertThat(claim.getMetadata().getAnnotations())
                        .containsEntry("volume.kubernetes.io/storage-provisioner", provisioner)));
    }

    @Test
    void imageThatCannotBePulled() {
        create("image", "image: {repository: localhost/no-such-image}");
        subject.awaitCondition("Ready", "False", "ImagePullBackOff", "localhost/no-such-image:1.35.2");

        subject.change("image: null");
        subject.awaitReady();
    }

    @Test
    void requestsThatFitNoNode() {
        create("huge", "");
        subject.awaitReady();
        subject.weaviate().store("Kept", 1, 10);
        subject.change("resources: {requests: {cpu: 500}, limits: {cpu: null}}");
        subject.awaitCondition("Ready", "False", "Unschedulable", "Insufficient cpu");

        subject.change("resources: {requests: {cpu: 50m}}");
        subject.awaitReady();
        subject.weaviate().holds("Kept", 10);
    }

    @Test
    void quotaThatForbidsPods() {
        var quota = new ResourceQuotaBuilder()
                .withNewMetadata()
                .withNamespace(LIMITED)
                .withName("no-pods")
                .endMetadata()
                .withNewSpec()
                .addToHard("pods", new Quantity("0"))
                .endSpec()
                .build();
        JOURNEY.client().resource(quota).create();
        await("the quota counts")
                .until(() -> JOURNEY.client().resource(quota).get().getStatus().getHard() != null);
        subject = JOURNEY.cluster(LIMITED, "quota");
        subject.apply(Subject.small(1, ""));
        subject.awaitCondition("Ready", "False", "FailedCreate", "exceeded quota: no-pods");

        JOURNEY.client().resource(quota).delete();
        subject.awaitReady();
    }

    @Test
    void valuesThatAreNot() {
        create("values", "valuesFrom: [{name: central}]");
        assertThat(subject.awaitCondition("Ready", "False", "ConfigMapNotFound", "central", "values.yaml"))
                .isNotBlank();
        assertThat(subject.is("Stalled", "True")).isTrue();

        values("podAnnotations: [unclosed");
        subject.awaitCondition("Ready", "False", "InvalidValues", "central", "is not YAML");
        values("replicaz: 3");
        subject.awaitCondition("Ready", "False", "InvalidValues", "replicaz");
        values("upgrade: {timeout: soon}\nscheduling: {spread: Everywhere}");
        subject.awaitCondition("Ready", "False", "InvalidValues", "Everywhere");
        values("autoScaling: {targetCPU: 4000}");
        subject.awaitCondition("Ready", "False", "InvalidValues", "targetCPU");
        assertThat(subject.statefulSet()).as("nothing is made of it").isEmpty();

        values("podAnnotations: {example.com/from: central}");
        subject.awaitReady();
        assertThat(subject.pods())
                .allSatisfy(pod ->
                        assertThat(pod.getMetadata().getAnnotations()).containsEntry("example.com/from", "central"));
        values("replicaz: 3");
        subject.awaitCondition("Stalled", "True", "InvalidValues", "replicaz");
        assertThat(subject.is("Ready", "True")).as("it serves all the same").isTrue();
        assertThat(subject.weaviate().nodes()).as("what runs keeps running").containsExactly("values-0");
    }

    /** The sample as it stands, but for its namespace: other names are as a user would have written them. */
    @Test
    void aSampleThatFitsAnotherCloud() throws Exception {
        try (var sample = BadInputIT.class.getResourceAsStream("/journey/sample.yaml")) {
            var text = new String(sample.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            subject = JOURNEY.cluster("production");
            JOURNEY.client()
                    .load(new java.io.ByteArrayInputStream(text.replace("namespace: weaviate", "namespace: " + HERE)
                            .getBytes()))
                    .create();
        }
        subject.awaitCondition(
                "ReferencesResolved", "False", "SecretNotFound", "openai-credentials", "text2vec-openai");
        subject.awaitCondition("Ready", "False", "ProvisioningFailed", "fast-ssd");
        var client = JOURNEY.client();
        var module = client.apps()
                .deployments()
                .inNamespace(HERE)
                .withName("production-qna-transformers")
                .get();
        assertThat(module.getSpec()
                        .getTemplate()
                        .getSpec()
                        .getContainers()
                        .getFirst()
                        .getResources()
                        .getRequests())
                .containsEntry("memory", new Quantity("4Gi"));
        assertThat(client.services()
                        .inNamespace(HERE)
                        .withLabel("app.kubernetes.io/instance", "production")
                        .list()
                        .getItems())
                .extracting(service -> service.getMetadata().getName())
                .containsExactlyInAnyOrder("production", "production-headless", "production-qna-transformers");
        assertThat(subject.statefulSet()).isPresent();
    }

    private void create(String name, String more) {
        subject = JOURNEY.cluster(name);
        var spec = Subject.small(1, more);
        subject.apply(more.startsWith("storage:") ? spec.replace("storage: {size: 256Mi}\n", "") : spec);
    }

    private static void values(String yaml) {
        JOURNEY.client()
                .resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withNamespace(HERE)
                        .withName("central")
                        .endMetadata()
                        .withData(Map.of("values.yaml", yaml))
                        .build())
                .forceConflicts()
                .serverSideApply();
    }
}
