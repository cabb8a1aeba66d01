package dev.heddle.dependent;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import org.junit.jupiter.api.Test;

class AppliedTest {

    @Test
    void whatWasWrittenHoldsWithTheDefaultsOfTheServer() {
        var stored = Applied.marked(service("http"));
        stored.getSpec().setSessionAffinity("None");
        assertThat(Applied.holds(stored, service("http"))).isTrue();
    }

    @Test
    void aFieldThatSomebodyChangedIsSeenAlthoughTheDigestStands() {
        var stored = Applied.marked(service("http"));
        stored.getSpec().setType("NodePort");
        assertThat(Applied.holds(stored, service("http"))).isFalse();
    }

    @Test
    void anotherWishDoesNotHold() {
        assertThat(Applied.holds(Applied.marked(service("http")), service("grpc")))
                .isFalse();
        assertThat(Applied.holds(service("http"), service("http"))).isFalse();
    }

    /** The body of a child that was looked at is not kept. */
    @Test
    void whatWasSeenToHoldNeedsItsFieldsNoMore() {
        var stored = Applied.marked(service("http"));
        Applied.see(stored);
        stored.setSpec(null);
        assertThat(Applied.holds(stored, service("http"))).isTrue();
        assertThat(Applied.holds(stored, service("grpc"))).isFalse();
    }

    @Test
    void aChildOfAnotherOwnerDoesNotHoldAlthoughItWasSeen() {
        var stored = Applied.marked(owned("first"));
        Applied.see(stored);
        assertThat(Applied.holds(stored, owned("first"))).isTrue();
        assertThat(Applied.holds(stored, owned("second"))).isFalse();
    }

    private static Service owned(String uid) {
        var service = service("http");
        service.getMetadata()
                .setOwnerReferences(
                        List.of(new OwnerReferenceBuilder().withUid(uid).build()));
        return service;
    }

    /** A new version comes as a new object, of which nothing is known. */
    @Test
    void whatComesFromTheServerWasNotSeen() {
        var stored = Applied.marked(service("http"));
        assertThat(Applied.isSeen(stored)).isFalse();
        Applied.see(stored);
        assertThat(Applied.isSeen(stored)).isTrue();
        assertThat(Applied.isSeen(Applied.marked(service("http")))).isFalse();
    }

    private static Service service(String port) {
        return Serialization.clone(new ServiceBuilder()
                .withNewMetadata()
                .withName("db")
                .endMetadata()
                .withNewSpec()
                .withType("ClusterIP")
                .addNewPort()
                .withName(port)
                .withPort(80)
                .endPort()
                .endSpec()
                .build());
    }
}
