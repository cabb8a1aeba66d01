package dev.heddle.weaviatecluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.cluster.OptionalKinds;
import java.time.Clock;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ApiKindsTest {

    /** Istio may be installed with some of its definitions, and the Prometheus operator not at all. */
    @Test
    void knowsAKindAndNotOnlyItsGroup() {
        try (var server = new ScriptedApiServer()) {
            server.says("/apis", 200, """
                            {"kind": "APIGroupList", "groups": [
                              {"name": "apps", "versions": [{"groupVersion": "apps/v1", "version": "v1"}]},
                              {"name": "networking.istio.io", "versions": [
                                {"groupVersion": "networking.istio.io/v1", "version": "v1"}]},
                              {"name": "security.istio.io", "versions": [
                                {"groupVersion": "security.istio.io/v1", "version": "v1"}]}]}""")
                    .says("/apis/networking.istio.io/v1", 200, """
                            {"kind": "APIResourceList", "groupVersion": "networking.istio.io/v1", "resources": [
                              {"name": "destinationrules", "kind": "DestinationRule", "namespaced": true, "verbs": []}]}""")
                    .says("/apis/security.istio.io/v1", 200, """
                            {"kind": "APIResourceList", "groupVersion": "security.istio.io/v1", "resources": [
                              {"name": "requestauthentications", "kind": "RequestAuthentication", "verbs": []}]}""");

            assertThat(new ApiKinds(server.client(), Clock.fixed(Samples.NOW, ZoneOffset.UTC)).known())
                    .containsExactly(OptionalKinds.DESTINATION_RULE);
        }
    }

    @Test
    void knowsNoneWhereTheApiServerDoesNotSay() {
        try (var server = new ScriptedApiServer()) {
            assertThat(new ApiKinds(server.client(), Clock.fixed(Samples.NOW, ZoneOffset.UTC)).known())
                    .isEmpty();
        }
    }
}
