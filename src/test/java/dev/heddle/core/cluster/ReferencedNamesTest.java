package dev.heddle.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReferencedNamesTest {

    @Test
    void isEmptyForASpecWithoutReferences() {
        assertThat(ReferencedNames.secrets(Samples.spec(""))).isEmpty();
        assertThat(ReferencedNames.configMaps(Samples.spec(""))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth: {apiKeys: {secretRef: {name: found}}}",
                "auth: {oidc: {issuer: 'https://x', certificateSecretRef: {name: found, key: ca}}}",
                "backup: {s3: {bucket: abc, credentialsSecretRef: {name: found}}}",
                "cloudProvider: {type: azure, azure: {backup: {storageAccount: abc, container: abc, keySecretRef: {name: found, key: k}}}}",
                "modules: [{name: a-b}, {name: c-d, config: {x: {value: y}, apiKey: {secretKeyRef: {name: found, key: k}}}}]",
                "env: [{name: A, value: b}, {name: B, valueFrom: {secretKeyRef: {name: found, key: k}}}]",
                "autoScaling: {prometheus: {url: 'http://x', queries: {qps: x}, bearerTokenSecretRef: {name: found, key: k}}}",
            })
    void findsSecrets(String yaml) {
        assertThat(ReferencedNames.secrets(Samples.spec(yaml))).containsExactly("found");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auth: {}",
                "auth: {oidc: {issuer: 'https://x'}}",
                "backup: {}",
                "backup: {s3: {bucket: abc}}",
                "cloudProvider: {type: azure, azure: {}}",
                "modules: [{name: a-b, config: {x: {value: y}}}]",
                "env: [{name: A, valueFrom: {fieldRef: {fieldPath: metadata.name}}}]",
            })
    void standsAbsentBlocks(String yaml) {
        assertThat(ReferencedNames.secrets(Samples.spec(yaml))).isEmpty();
    }

    @Test
    void findsConfigMapsOnce() {
        var spec = Samples.spec("valuesFrom: [{name: b}, {name: a, key: x}, {name: b, key: y}]");

        assertThat(ReferencedNames.configMaps(spec)).containsExactly("a", "b");
    }
}
