package dev.heddle.core.shortform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.cloud.v1alpha1.Cluster;
import dev.heddle.api.cloud.v1alpha1.VerifiedImage;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ImageChoiceTest {
    private static final List<String> KNOWN = List.of("1.34.9", "1.35.2", "1.36.0");
    private static final VerifiedImage OLD = new VerifiedImage("1.35.2", "sha256:old");

    private final List<String> asked = new ArrayList<>();

    @Test
    void asksNobodyWithoutVerify() {
        var choice = choose(cluster("{}"), Optional.empty(), "1.36.0", new ImageVerdict.NotAsked());

        assertThat(choice.version()).hasValue("1.36.0");
        assertThat(choice.images()).isEmpty();
        assertThat(asked).isEmpty();
    }

    @Test
    void pinsWhatWasVerified() {
        var choice = choose(cluster("{verify: {provider: cosign}}"), Optional.empty(), "1.36.0", good("sha256:new"));

        assertThat(choice.version()).hasValue("1.36.0");
        assertThat(choice.images()).containsExactly(new VerifiedImage("1.36.0", "sha256:new"));
    }

    @Test
    void startsNothingThatIsNotVerified() {
        var refused = new ImageVerdict.Refused("ImageNotSigned", "no");
        var unknown = new ImageVerdict.Unknown("RegistryUnreachable", "no");

        assertThat(choose(cluster("{verify: {provider: cosign}}"), Optional.empty(), "1.36.0", refused)
                        .version())
                .isEmpty();
        assertThat(choose(cluster("{verify: {provider: cosign}}"), Optional.empty(), "1.36.0", unknown)
                        .version())
                .isEmpty();
    }

    @Test
    void keepsTheVerifiedImageThatRuns() {
        var choice = choose(verified(), child("1.35.2"), "1.36.0", new ImageVerdict.Refused("ImageNotSigned", "no"));

        assertThat(choice.version()).hasValue("1.35.2");
        assertThat(choice.images()).containsExactly(OLD);
        assertThat(choice.verdict()).isInstanceOf(ImageVerdict.Refused.class);
    }

    /** A tag that was moved, or a signature that was deleted, takes nothing away. */
    @Test
    void doesNotAskAgainForWhatWasVerified() {
        var choice = choose(verified(), child("1.35.2"), "1.35.2", new ImageVerdict.Refused("ImageNotSigned", "no"));

        assertThat(choice.images()).containsExactly(OLD);
        assertThat(choice.verdict()).isEqualTo(good("sha256:old"));
        assertThat(asked).isEmpty();
    }

    @Test
    void keepsBothDigestsOnTheWay() {
        var choice = choose(verified(), child("1.35.2"), "1.36.0", good("sha256:new"));

        assertThat(choice.images()).containsExactly(OLD, new VerifiedImage("1.36.0", "sha256:new"));
    }

    @Test
    void verifiesEachRung() {
        var choice = choose(cluster("{verify: {provider: cosign}}"), child("1.34.9"), "1.36.0", good("sha256:new"));

        assertThat(asked).containsExactly("1.35.2");
        assertThat(choice.version()).hasValue("1.35.2");
    }

    @Test
    void leavesARunningClusterAloneThatWasNeverVerified() {
        var choice = choose(
                cluster("{verify: {provider: cosign}}"),
                child("1.35.2"),
                "1.35.2",
                new ImageVerdict.Unknown("RegistryUnreachable", "no"));

        assertThat(choice.version()).hasValue("1.35.2");
        assertThat(choice.images()).isEmpty();
    }

    /** As after a crash between the two writes, or a restore of the objects without their status. */
    @Test
    void keepsThePinWhenTheStatusIsLost() {
        var child = Optional.of(Serialization.unmarshal("""
                spec: {version: 1.35.2, image: {digests: {1.35.2: 'sha256:old'}}}
                """, WeaviateCluster.class));
        var choice = choose(
                cluster("{verify: {provider: cosign}}"),
                child,
                "1.35.2",
                new ImageVerdict.Unknown("RegistryUnreachable", "no"));

        assertThat(choice.pinned()).containsExactly(OLD);
        assertThat(choice.images()).as("not verified by having run").isEmpty();
    }

    @Test
    void keepsThePinOnTheWayWhenTheStatusIsLost() {
        var child = Optional.of(Serialization.unmarshal("""
                spec: {version: 1.35.2, image: {digests: {1.35.2: 'sha256:old'}}}
                status: {version: 1.35.2}
                """, WeaviateCluster.class));
        var choice = choose(cluster("{verify: {provider: cosign}}"), child, "1.36.0", good("sha256:new"));

        assertThat(choice.pinned()).containsExactly(OLD, new VerifiedImage("1.36.0", "sha256:new"));
        assertThat(choice.images()).containsExactly(new VerifiedImage("1.36.0", "sha256:new"));
    }

    private ImageChoice choose(Cluster cluster, Optional<WeaviateCluster> child, String wanted, ImageVerdict verdict) {
        return ImageChoice.of(cluster, child, Optional.of(wanted), KNOWN, version -> {
            asked.add(version);
            return verdict;
        });
    }

    private static ImageVerdict good(String digest) {
        return new ImageVerdict.Verified(digest);
    }

    private static Cluster verified() {
        return Serialization.unmarshal(
                "spec: {verify: {provider: cosign}}\nstatus: {images: [{version: 1.35.2, digest: 'sha256:old'}]}",
                Cluster.class);
    }

    private static Cluster cluster(String spec) {
        return Serialization.unmarshal("spec: %s".formatted(spec), Cluster.class);
    }

    private static Optional<WeaviateCluster> child(String version) {
        return Optional.of(Serialization.unmarshal(
                "spec: {version: %s}\nstatus: {version: %s}".formatted(version, version), WeaviateCluster.class));
    }
}
