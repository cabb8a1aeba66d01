package dev.heddle.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Who asks a registry. Never logged, so no toString. */
public record Login(String user, String password) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * The entry for a host in a pull secret.
     *
     * @param config content of .dockerconfigjson
     * @return empty where there is none, or where it is not readable: then the registry is asked without
     */
    public static Optional<Login> of(String config, String host) {
        try {
            var entries = JSON.readTree(config).path("auths");
            return entries.propertyStream()
                    .filter(entry -> host.equals(host(entry.getKey())))
                    .flatMap(entry -> login(entry.getValue()).stream())
                    .findFirst();
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }

    /** Keys are hosts, or addresses such as https://index.docker.io/v1/. */
    private static String host(String key) {
        var bare = key.replaceFirst("^https?://", "").replaceFirst("/.*$", "");
        return bare.equals("index.docker.io") || bare.equals("registry-1.docker.io") ? "docker.io" : bare;
    }

    private static Optional<Login> login(JsonNode entry) {
        if (entry.hasNonNull("username") && entry.hasNonNull("password")) {
            return Optional.of(new Login(
                    entry.get("username").asText(), entry.get("password").asText()));
        }
        try {
            var pair = new String(Base64.getDecoder().decode(entry.path("auth").asText("")), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Login(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Login[…]";
    }
}
