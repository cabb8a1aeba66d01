package dev.heddle.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.Samples;
import dev.heddle.core.common.Finding;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AuthPlannerTest {
    private static final WeaviateClusterSpec REFERRING = Samples.spec("auth: {apiKeys: {secretRef: {name: users}}}");
    private static final Credentials KNOWN =
            new Credentials("admin-key", "operator-key", "password", "heddle-operator,bob", "operator-key,bob-key");

    private final List<Finding> findings = new ArrayList<>();

    private AuthPlan plan(WeaviateClusterSpec spec, Credentials credentials, Secret... secrets) {
        var named = new LinkedHashMap<String, Secret>();
        Stream.of(secrets).forEach(secret -> named.put(secret.getMetadata().getName(), secret));
        return AuthPlanner.plan(spec, new References(named, Map.of()), credentials, findings::add);
    }

    @Test
    void makesAnAdminWhereNobodyIsNamed() {
        assertThat(plan(Samples.spec(""), Samples.CREDENTIALS))
                .isEqualTo(new AuthPlan("heddle-operator,admin", "operator-key,admin-key", true));
        assertThat(findings).isEmpty();
    }

    @Test
    void listsUsersInTheOrderOfTheirNames() {
        var secret = Samples.secret("users", Map.of("zoe", "z-key", "alice", "a-key\n", "admin", "x"));

        assertThat(plan(REFERRING, Samples.CREDENTIALS, secret))
                .isEqualTo(new AuthPlan("heddle-operator,admin,alice,zoe", "operator-key,x,a-key,z-key", false));
        assertThat(findings).isEmpty();
    }

    static Stream<Arguments> badSecrets() {
        return Stream.of(
                Arguments.of("comma", Map.of("bob", "a,b")),
                Arguments.of("blank inside", Map.of("bob", "a b")),
                Arguments.of("tab inside", Map.of("bob", "a\tb")),
                Arguments.of("two lines", Map.of("bob", "a\nb")),
                Arguments.of("empty", Map.of("bob", "")),
                Arguments.of("only blanks", Map.of("bob", " \n")),
                Arguments.of("not ASCII", Map.of("bob", "schlüssel")),
                Arguments.of("null character", Map.of("bob", "a\u0000b")),
                Arguments.of("same key twice", Map.of("alice", "same", "bob", "same")),
                Arguments.of("same but for blanks", Map.of("alice", "same", "bob", " same ")),
                Arguments.of("the operator's key", Map.of("bob", "operator-key")),
                Arguments.of("the operator's name", Map.of("heddle-operator", "mine")),
                Arguments.of("no user", Map.of()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSecrets")
    void keepsTheLastGoodUsers(String what, Map<String, String> data) {
        assertThat(plan(REFERRING, KNOWN, Samples.secret("users", data)))
                .isEqualTo(new AuthPlan("heddle-operator,bob", "operator-key,bob-key", false));
        assertThat(findings).singleElement().satisfies(finding -> {
            assertThat(finding.reason()).isEqualTo("InvalidSecret");
            assertThat(finding.message()).contains("Secret users").doesNotContain("same", "operator-key", "mine");
        });
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badSecrets")
    void letsOnlyTheOperatorInWhenNothingWasGood(String what, Map<String, String> data) {
        assertThat(plan(REFERRING, Samples.CREDENTIALS, Samples.secret("users", data)))
                .isEqualTo(new AuthPlan("heddle-operator", "operator-key", false));
    }

    @Test
    void refusesBinaryJunk() {
        var junk = new SecretBuilder()
                .withNewMetadata()
                .withName("users")
                .endMetadata()
                .addToData("bob", Base64.getEncoder().encodeToString(new byte[] {(byte) 0xff, (byte) 0xfe, 0x00, 0x41}))
                .build();

        plan(REFERRING, KNOWN, junk);

        assertThat(Samples.reasons(findings)).containsExactly("InvalidSecret");
    }

    @Test
    void saysThatTheSecretIsMissing() {
        assertThat(plan(REFERRING, KNOWN).users()).isEqualTo("heddle-operator,bob");
        assertThat(Samples.reasons(findings)).containsExactly("SecretNotFound");
        assertThat(findings.getFirst().message()).contains("users", "spec.auth.apiKeys.secretRef");
    }

    @Test
    void keepsKeysOutOfWords() {
        assertThat(KNOWN.toString()).doesNotContain("key", "password");
        assertThat(plan(Samples.spec(""), KNOWN).toString()).doesNotContain("-key");
    }
}
