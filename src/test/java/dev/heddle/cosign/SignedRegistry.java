package dev.heddle.cosign;

import dev.heddle.registry.Content;
import dev.heddle.registry.Login;
import dev.heddle.registry.Registry;
import dev.heddle.registry.RegistryException;
import dev.heddle.registry.Repository;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A registry in memory, with an image and the signatures that cosign would push for it. */
final class SignedRegistry implements Registry {
    static final String IMAGE = Content.digestOf("image".getBytes(StandardCharsets.UTF_8));
    private final Map<String, byte[]> content = new HashMap<>();
    private final List<Object> layers = new ArrayList<>();
    private final List<Object> referrers = new ArrayList<>();
    private boolean answersReferrers = true;

    static byte[] payload(String digest) {
        return "{\"critical\":{\"identity\":{\"docker-reference\":\"example.com/weaviate\"},\"image\":{\"docker-manifest-digest\":\"%s\"},\"type\":\"cosign container image signature\"},\"optional\":null}"
                .formatted(digest)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** A signature under the tag. @param notes further annotations */
    SignedRegistry signed(byte[] payload, byte[] signature, Map<String, String> notes) {
        return layer(payload, Base64.getEncoder().encodeToString(signature), notes);
    }

    SignedRegistry layer(byte[] payload, String signature, Map<String, String> notes) {
        var annotations = new LinkedHashMap<String, String>(notes);
        annotations.put("dev.cosignproject.cosign/signature", signature);
        layers.add(Map.of(
                "mediaType",
                "application/vnd.dev.cosign.simplesigning.v1+json",
                "digest",
                store(payload),
                "annotations",
                annotations));
        content.put(IMAGE.replace(':', '-') + ".sig", json(Map.of("layers", layers)));
        return this;
    }

    /** A bundle of cosign 3, found by the referrers of the image. */
    SignedRegistry bundled(byte[] bundle) {
        var type = "application/vnd.dev.sigstore.bundle.v0.3+json";
        return referrer(json(Map.of("layers", List.of(Map.of("mediaType", type, "digest", store(bundle))))));
    }

    SignedRegistry referrer(byte[] manifest) {
        referrers.add(
                Map.of("artifactType", "application/vnd.dev.sigstore.bundle.v0.3+json", "digest", store(manifest)));
        return this;
    }

    /** As registries before version 1.1 of the protocol. */
    SignedRegistry withoutReferrers() {
        answersReferrers = false;
        return this;
    }

    /** As the log would have answered. */
    static String entry(KeyPair log, byte[] message, byte[] signature, String certificate, long time) {
        var encoder = Base64.getEncoder();
        var body = encoder.encodeToString(json(Map.of(
                "apiVersion",
                "0.0.1",
                "kind",
                "hashedrekord",
                "spec",
                Map.of(
                        "data",
                        Map.of(
                                "hash",
                                Map.of(
                                        "algorithm",
                                        "sha256",
                                        "value",
                                        Content.digestOf(message).substring(7))),
                        "signature",
                        Map.of(
                                "content",
                                encoder.encodeToString(signature),
                                "publicKey",
                                Map.of(
                                        "content",
                                        encoder.encodeToString(certificate.getBytes(StandardCharsets.US_ASCII))))))));
        var payload = new TreeMap<String, Object>(Map.of(
                "body",
                body,
                "integratedTime",
                time,
                "logIndex",
                7L,
                "logID",
                HexFormat.of()
                        .formatHex(HexFormat.of()
                                .parseHex(Content.digestOf(log.getPublic().getEncoded())
                                        .substring(7)))));
        var promise = Certificates.sign(log.getPrivate(), json(payload));
        return new String(
                json(Map.of("SignedEntryTimestamp", encoder.encodeToString(promise), "Payload", payload)),
                StandardCharsets.UTF_8);
    }

    static byte[] json(Object value) {
        return Serialization.asJson(value).getBytes(StandardCharsets.UTF_8);
    }

    private String store(byte[] bytes) {
        var digest = Content.digestOf(bytes);
        content.put(digest, bytes);
        return digest;
    }

    /** Puts other bytes under a name, as only a bad registry would. */
    SignedRegistry forge(byte[] original, byte[] other) {
        content.put(Content.digestOf(original), other);
        return this;
    }

    SignedRegistry manifest(String name, byte[] bytes) {
        content.put(name, bytes);
        return this;
    }

    @Override
    public List<String> tags(Repository repository, Optional<Login> login) {
        return List.of();
    }

    @Override
    public Optional<Content> manifest(Repository repository, String reference, Optional<Login> login) {
        return Optional.ofNullable(content.get(reference)).map(bytes -> new Content(bytes, Content.digestOf(bytes)));
    }

    @Override
    public Content blob(Repository repository, String digest, Optional<Login> login) throws RegistryException {
        return manifest(repository, digest, login).orElseThrow();
    }

    @Override
    public Optional<Content> referrers(Repository repository, String digest, Optional<Login> login) {
        if (!answersReferrers) {
            return Optional.empty();
        }
        var index = json(Map.of("manifests", referrers));
        return Optional.of(new Content(index, Content.digestOf(index)));
    }
}
