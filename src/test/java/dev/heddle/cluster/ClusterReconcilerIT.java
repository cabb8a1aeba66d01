package dev.heddle.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.heddle.api.cloud.v1alpha1.VerifiedImage;
import dev.heddle.core.version.Constraint;
import dev.heddle.cosign.SignedImage;
import dev.heddle.weaviatecluster.ShippedRights;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Every behaviour of the short form that needs an API server, with the rights that are shipped. */
@QuarkusTest
@QuarkusTestResource(value = WithRegistry.class, restrictToAnnotatedClass = true)
class ClusterReconcilerIT extends ClusterOfSimulatedPods {
    private static final String KEY = "{provider: cosign, key: {name: %s, key: cosign.pub}}";

    @Test
    void standsForTheSample() throws IOException {
        var newest =
                settings.catalog().releases().stream().max(Constraint.BY_AGE).orElseThrow();
        var digest = WithRegistry.official.push(newest);
        WithRegistry.official.sign(digest);
        var sample = Files.readString(Path.of("src/test/resources/shortform/sample/in-cluster.yaml"));

        admin.resource(sample.replace("name: wv-stg\n", "name: %s\n".formatted(name))
                        .replace("namespace: default", "namespace: " + ShippedRights.NAMESPACE))
                .create();

        await().atMost(SOON).until(() -> child().get() != null);
        var spec = child().get().getSpec();
        assertThat(spec.version()).isEqualTo(newest);
        assertThat(spec.image().digests()).containsOnly(Map.entry(newest, digest));
        assertThat(spec.replicas()).isEqualTo(3);
        assertThat(spec.autoScaling().maxReplicas()).isEqualTo(9);
        assertThat(spec.serviceAccountName()).isEqualTo("wv-stg-aws");
        conditionIs("VersionResolved", "True", "Resolved", newest);
        conditionIs("ImageVerified", "True", "Verified", digest);
        conditionIs("Adopted", "False", "NothingToAdopt", "new cluster");
        conditionIs("BackupConfigured", "False", "NoStorage", "spec.backup");
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(set(name)).isNotNull().satisfies(set -> assertThat(set.getSpec()
                                .getTemplate()
                                .getSpec()
                                .getContainers()
                                .getFirst()
                                .getImage())
                        .isEqualTo("cr.weaviate.io/semitechnologies/weaviate:" + newest + "@" + digest)));
    }

    @Test
    void mirrorsItsWeaviateClusterAndThenRests() {
        apply("version: 1.35.2");
        conditionIs("Ready", "True", "Serving", "3 of 3");
        conditionIs("Stalled", "False", "NotStalled", "");
        conditionIs("Reconciling", "False", "UpToDate", "");
        var status = cluster().get().getStatus();
        assertThat(status.version()).isEqualTo("1.35.2");
        assertThat(status.targetVersion()).isEqualTo("1.35.2");
        assertThat(status.replicas()).isEqualTo(3);
        assertThat(status.readyReplicas()).isEqualTo(3);
        assertThat(status.endpoints().http()).startsWith(name + ".");
        assertThat(child().get().getMetadata().getOwnerReferences())
                .singleElement()
                .satisfies(owner -> assertThat(owner.getUid())
                        .isEqualTo(cluster().get().getMetadata().getUid()));
        var before = versions();
        await().during(Duration.ofSeconds(6)).atMost(Duration.ofSeconds(8)).until(() -> versions()
                .equals(before));
    }

    @Test
    void handsChangesOnAndRepairsTheChild() {
        apply("version: 1.35.2");
        conditionIs("Ready", "True", "Serving", "");
        apply("version: 1.35.2", "instances: 4");
        await().atMost(SOON).until(() -> child().get().getSpec().replicas() == 4);
        child().delete();
        await().atMost(SOON).until(() -> Optional.ofNullable(child().get())
                .filter(child -> !child.isMarkedForDeletion() && child.getSpec().replicas() == 4)
                .isPresent());
    }

    @Test
    void waitsForTheWindow() {
        apply("version: 1.35.2");
        conditionIs("Ready", "True", "Serving", "");
        var never = "maintenanceWindow: {schedule: 0 0 30 2 *, duration: 1h}";
        apply("version: '>=1.35'", never);
        conditionIs("VersionResolved", "True", "WaitingForWindow", "1.35.2 is kept");
        assertThat(child().get().getSpec().version()).isEqualTo("1.35.2");
        apply("version: '>=1.35'", "maintenanceWindow: {schedule: 0 0 31 2 0, duration: 1h, timeZone: Nowhere/Land}");
        conditionIs("Stalled", "True", "InvalidMaintenanceWindow", "Nowhere/Land");
        apply("version: '>=1.35'", "maintenanceWindow: {schedule: '* * * * *', duration: 1h}");
        await().atMost(SOON).until(() -> !child().get().getSpec().version().equals("1.35.2"));
    }

    @Test
    void neverGoesBackByItself() {
        apply("version: 1.35.2");
        conditionIs("Ready", "True", "Serving", "");
        apply("version: ~1.27");
        conditionIs("Stalled", "True", "DowngradeRefused", "1.35.2 is kept");
        apply("version: ~9.9");
        conditionIs("Stalled", "True", "NoVersionFits", "~9.9");
        conditionIs("Ready", "True", "Serving", "");
        assertThat(child().get().getSpec().version()).isEqualTo("1.35.2");
    }

    @Test
    void takesTagsOfARegistryThatIsNamed() {
        WithRegistry.registry.tags("team/tagged", "1.35.7", "1.35.8-rc.1", "latest");
        apply("version: ~1.35.3 <1.35.9", "image: {repository: registry.example.com/team/tagged}");
        await().atMost(SOON).until(() -> child().get() != null);
        assertThat(child().get().getSpec().version()).isEqualTo("1.35.7");
        assertThat(child().get().getSpec().image().repository()).isEqualTo("registry.example.com/team/tagged");
    }

    @Test
    void startsNothingThatIsNotSignedByTheKey() {
        var digest = WithRegistry.own.push("1.35.4");
        var image = "image: {repository: registry.example.com/team/weaviate}";
        apply("version: 1.35.4", image, "verify: " + KEY.formatted(name));
        conditionIs("ImageVerified", "False", "SecretNotFound", name);
        key("nonsense");
        conditionIs("ImageVerified", "False", "InvalidTrust", "is no public key");
        key(WithRegistry.own.key());
        conditionIs("ImageVerified", "False", "ImageNotSigned", digest);
        conditionIs("Ready", "False", "ImageNotSigned", "not run");
        WithRegistry.own.sign(digest);
        key(SignedImage.otherKey());
        conditionIs("ImageVerified", "False", "SignatureNotTrusted", "was not made with the key");
        conditionIs("Stalled", "True", "SignatureNotTrusted", "");
        assertThat(child().get()).isNull();
        // The operator's own key is that of somebody else.
        apply("version: 1.35.4", image, "verify: {provider: cosign}");
        conditionIs("ImageVerified", "False", "SignatureNotTrusted", "");
        assertThat(child().get()).isNull();
    }

    @Test
    void keepsTheVerifiedImage() {
        var image = "image: {repository: registry.example.com/team/weaviate}";
        var digest = WithRegistry.own.push("1.35.2", "{\"schemaVersion\":2,\"layers\":[],\"one\":1}");
        WithRegistry.own.sign(digest);
        WithRegistry.own.push("1.36.0");
        key(WithRegistry.own.key());
        apply("version: 1.35.2", image, "verify: " + KEY.formatted(name));
        conditionIs("Ready", "True", "Serving", "");
        assertThat(cluster().get().getStatus().images()).containsExactly(new VerifiedImage("1.35.2", digest));
        // The tag moves to something that nobody signed.
        WithRegistry.own.push("1.35.2", "{\"schemaVersion\":2,\"layers\":[],\"evil\":1}");
        apply("version: 1.35.2", "instances: 4", image, "verify: " + KEY.formatted(name));
        await().atMost(SOON).until(() -> child().get().getSpec().replicas() == 4);
        assertThat(child().get().getSpec().image().digests()).containsOnly(Map.entry("1.35.2", digest));
        apply("version: 1.36.0", "instances: 4", image, "verify: " + KEY.formatted(name));
        conditionIs("ImageVerified", "False", "ImageNotSigned", "1.36.0");
        assertThat(child().get().getSpec().version()).isEqualTo("1.35.2");
        assertThat(child().get().getSpec().image().digests()).containsOnly(Map.entry("1.35.2", digest));
        assertThat(cluster().get().getStatus().images()).containsExactly(new VerifiedImage("1.35.2", digest));
    }

    @Test
    void triesAgainWhenTheRegistryIsAway() {
        WithRegistry.registry.broken(true);
        try {
            key(WithRegistry.own.key());
            apply(
                    "version: 1.35.9",
                    "image: {repository: registry.example.com/team/weaviate}",
                    "verify: " + KEY.formatted(name));
            conditionIs("ImageVerified", "Unknown", "RegistryUnreachable", "HTTP 500");
            conditionIs("Reconciling", "True", "RegistryUnreachable", "");
            conditionIs("Stalled", "False", "NotStalled", "");
            assertThat(child().get()).isNull();
        } finally {
            WithRegistry.registry.broken(false);
        }
    }

    @Test
    void leavesAWeaviateClusterOfOthersAlone() {
        admin.resource("""
                apiVersion: weaviate.io/v1
                kind: WeaviateCluster
                metadata: {name: %s, namespace: %s}
                spec: {version: 1.35.2, suspend: true}
                """.formatted(name, ShippedRights.NAMESPACE)).create();
        apply("version: 1.36.0");
        conditionIs("Stalled", "True", "NameTaken", name);
        assertThat(child().get().getSpec().version()).isEqualTo("1.35.2");
    }
}
