package dev.heddle.core.cluster;

import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import io.fabric8.kubernetes.api.model.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The users and keys that Weaviate gets: the operator's own, and the referenced ones or a generated admin. */
public final class AuthPlanner {
    public static final String OPERATOR = "heddle-operator";
    public static final String ADMIN = "admin";

    private AuthPlanner() {}

    static AuthPlan plan(
            WeaviateClusterSpec spec, References references, Credentials credentials, Consumer<Finding> findings) {
        var users = new LinkedHashMap<String, String>();
        users.put(OPERATOR, credentials.operatorKey());
        var reference = Optional.ofNullable(spec.auth())
                .map(auth -> auth.apiKeys())
                .map(keys -> keys.secretRef().name());
        if (reference.isEmpty()) {
            users.put(ADMIN, credentials.adminKey());
            return joined(users, true);
        }
        var problem = read(reference.get(), references.secrets().get(reference.get()), users);
        if (problem.isEmpty()) {
            return joined(users, false);
        }
        findings.accept(problem.get());
        return credentials.users().isEmpty()
                ? joined(Map.of(OPERATOR, credentials.operatorKey()), false)
                : new AuthPlan(credentials.users(), credentials.keys(), false);
    }

    private static AuthPlan joined(Map<String, String> users, boolean admin) {
        return new AuthPlan(String.join(",", users.keySet()), String.join(",", users.values()), admin);
    }

    /** Weaviate splits both lists at commas and refuses to start on empty or repeated entries, so a bad one is not passed on. */
    private static Optional<Finding> read(String name, Secret secret, Map<String, String> users) {
        if (secret == null) {
            return bad(
                    "SecretNotFound",
                    "Secret %s, named in spec.auth.apiKeys.secretRef, does not exist; its users cannot log in."
                            .formatted(name));
        }
        var data = new TreeMap<>(Optional.ofNullable(secret.getData()).orElse(Map.of()));
        if (data.isEmpty()) {
            return bad(
                    "InvalidSecret",
                    "Secret %s (spec.auth.apiKeys.secretRef) has no keys; each key is a user name, each value that user's API key."
                            .formatted(name));
        }
        var seen = new HashSet<>(users.values());
        for (var entry : data.entrySet()) {
            var key = new String(Base64.getDecoder().decode(entry.getValue()), StandardCharsets.UTF_8).strip();
            if (entry.getKey().equals(OPERATOR)) {
                return bad(
                        "InvalidSecret",
                        "Secret %s (spec.auth.apiKeys.secretRef): user %s is reserved for the operator."
                                .formatted(name, OPERATOR));
            }
            if (!key.matches("[\\x21-\\x2b\\x2d-\\x7e]+") || !seen.add(key)) {
                return bad(
                        "InvalidSecret",
                        "Secret %s (spec.auth.apiKeys.secretRef): the value of user %s is empty, not unique, or has a comma, a blank or a control character."
                                .formatted(name, entry.getKey()));
            }
            users.put(entry.getKey(), key);
        }
        return Optional.empty();
    }

    private static Optional<Finding> bad(String reason, String message) {
        return Optional.of(new Finding(Topic.REFERENCE, reason, message));
    }
}
