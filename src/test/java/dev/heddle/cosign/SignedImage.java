package dev.heddle.cosign;

import dev.heddle.registry.LocalRegistry;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.security.KeyPair;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Images in a local registry, and cosign's signatures of them. */
public final class SignedImage {
    private final LocalRegistry registry;
    private final String repository;
    private final KeyPair keys = Certificates.keys();

    public SignedImage(LocalRegistry registry, String repository) {
        this.registry = registry;
        this.repository = repository;
    }

    /** The public key in PEM. */
    public String key() {
        return Certificates.pem(keys.getPublic());
    }

    /** Some other key in PEM. */
    public static String otherKey() {
        return Certificates.pem(Certificates.keys().getPublic());
    }

    /** An image that nobody signed. @return its digest */
    public String push(String tag) {
        return push(tag, "{\"schemaVersion\":2,\"layers\":[],\"annotations\":{\"made\":\"for %s\"}}".formatted(tag));
    }

    /** @param manifest of the image */
    public String push(String tag, String manifest) {
        return registry.manifest(repository, tag, manifest);
    }

    public void sign(String digest) {
        var payload = SignedRegistry.payload(digest);
        var signature = Base64.getEncoder().encodeToString(Certificates.sign(keys.getPrivate(), payload));
        var layer = Map.of(
                "mediaType",
                "application/vnd.dev.cosign.simplesigning.v1+json",
                "digest",
                registry.blob(repository, payload),
                "annotations",
                Map.of("dev.cosignproject.cosign/signature", signature));
        registry.manifest(
                repository, digest.replace(':', '-') + ".sig", Serialization.asJson(Map.of("layers", List.of(layer))));
    }
}
