package dev.heddle.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import dev.heddle.core.Samples;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecretsHashTest {
    private static final List<EnvVar> ENV = List.of(
            Env.secret("A", new SecretKeyRefSpec("one", "a")), Env.of("PLAIN", "x"), Env.required("B", "two", "b"));

    private static References references(String a, String b) {
        Map<String, Secret> secrets =
                Map.of("one", Samples.secret("one", Map.of("a", a)), "two", Samples.secret("two", Map.of("b", b)));
        return new References(secrets, Map.of());
    }

    private static String hash(String a, String b, String... values) {
        return SecretsHash.of(ENV, references(a, b), values);
    }

    @Test
    void isStable() {
        assertThat(hash("1", "2", "x")).isEqualTo(hash("1", "2", "x")).matches("[0-9a-f]{16}");
        assertThat(SecretsHash.of(List.of(), new References(Map.of(), Map.of()), "users", "keys", "password"))
                .as("a change of the algorithm rolls every pod of every user")
                .isEqualTo("f1a530bb2e240066");
    }

    @Test
    void seesEveryChange() {
        assertThat(List.of(
                        hash("1", "2"),
                        hash("2", "2"),
                        hash("1", "1"),
                        hash("2", "1"),
                        hash("12", ""),
                        hash("", "12"),
                        hash("1", "2", ""),
                        hash("1", "2", "x", "y"),
                        hash("1", "2", "xy"),
                        SecretsHash.of(List.of(), references("1", "2")),
                        SecretsHash.of(ENV, new References(Map.of(), Map.of()))))
                .doesNotHaveDuplicates();
    }

    @Test
    void leavesPlainValuesToThePodTemplate() {
        var other = List.of(ENV.get(0), Env.of("PLAIN", "y"), ENV.get(2));

        assertThat(SecretsHash.of(other, references("1", "2"))).isEqualTo(hash("1", "2"));
    }

    @Test
    void leavesOtherKeysOfTheSecretAlone() {
        var more = new References(
                Map.of(
                        "one", Samples.secret("one", Map.of("a", "1", "unused", "9")),
                        "two", Samples.secret("two", Map.of("b", "2"))),
                Map.of());

        assertThat(SecretsHash.of(ENV, more)).isEqualTo(hash("1", "2"));
    }
}
