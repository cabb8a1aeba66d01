package dev.heddle.cosign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heddle.registry.Content;
import dev.heddle.registry.Login;
import dev.heddle.registry.Registry;
import dev.heddle.registry.RegistryException;
import dev.heddle.registry.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Finds the signatures of an image: under the tag sha256-….sig, and among the manifests that refer to it. */
final class SignatureSource {
    /** Each one costs a request; who signs an image more often has to tidy up. */
    private static final int MAX_SIGNATURES = 16;

    private static final String SIMPLE = "application/vnd.dev.cosign.simplesigning.v1+json";
    private static final String BUNDLE = "application/vnd.dev.sigstore.bundle";
    private static final String EMPTY = "application/vnd.oci.empty.v1+json";
    private static final JsonMapper JSON = new JsonMapper();

    private final Registry registry;
    private final Repository repository;
    private final Optional<Login> login;

    SignatureSource(Registry registry, Repository repository, Optional<Login> login) {
        this.registry = registry;
        this.repository = repository;
        this.login = login;
    }

    /** @param unreadable what else was found, and could not be read */
    record Found(List<Signed> signatures, List<String> unreadable) {}

    Found of(String digest) throws RegistryException {
        var signatures = new ArrayList<Signed>();
        var unreadable = new ArrayList<String>();
        var tagged = registry.manifest(repository, digest.replace(':', '-') + ".sig", login);
        if (tagged.isPresent()) {
            for (var layer : items(tagged.get(), "layers")) {
                if (SIMPLE.equals(layer.path("mediaType").asText()) && signatures.size() < MAX_SIGNATURES) {
                    read(() -> simple(layer), signatures, unreadable);
                }
            }
        }
        for (var referrer : referrers(digest)) {
            if (signatures.size() < MAX_SIGNATURES) {
                read(() -> bundle(referrer), signatures, unreadable);
            }
        }
        return new Found(List.copyOf(signatures), List.copyOf(unreadable));
    }

    private interface Reading {
        Optional<Signed> signature() throws RegistryException, Untrusted;
    }

    private static void read(Reading reading, List<Signed> signatures, List<String> unreadable)
            throws RegistryException {
        try {
            reading.signature().ifPresent(signatures::add);
        } catch (Untrusted malformed) {
            unreadable.add(malformed.getMessage());
        }
    }

    /** The registry's answer, or the tag that clients write for registries that have none. */
    private List<JsonNode> referrers(String digest) throws RegistryException {
        var index = registry.referrers(repository, digest, login);
        if (index.isEmpty()) {
            index = registry.manifest(repository, digest.replace(':', '-'), login);
        }
        return index.stream()
                .flatMap(content -> items(content, "manifests").stream())
                .filter(manifest -> bundles(manifest.path("artifactType").asText()))
                .limit(MAX_SIGNATURES)
                .toList();
    }

    /** The tag of cosign 2 calls them empty, after their config; what is in them is looked at then. */
    private static boolean bundles(String artifact) {
        return artifact.startsWith(BUNDLE) || artifact.equals(EMPTY);
    }

    private Optional<Signed> simple(JsonNode layer) throws RegistryException, Untrusted {
        var notes = layer.path("annotations");
        var signature =
                Signed.decoded(notes.path("dev.cosignproject.cosign/signature").asText(""));
        var payload =
                registry.blob(repository, layer.path("digest").asText(), login).bytes();
        var certificate = notes.path("dev.sigstore.cosign/certificate").asText("");
        var entry = tree(notes.path("dev.sigstore.cosign/bundle").asText(""));
        Optional<Signed.Evidence> evidence = certificate.isEmpty() || entry.isMissingNode()
                ? Optional.empty()
                : Optional.of(new Signed.Evidence(
                        certificate, notes.path("dev.sigstore.cosign/chain").asText(""), logged(entry)));
        return Optional.of(new Signed(payload, payload, Signed.Form.SIMPLE, signature, evidence));
    }

    private static LogEntry logged(JsonNode entry) throws Untrusted {
        var payload = entry.path("Payload");
        return new LogEntry(
                payload.path("body").asText(),
                payload.path("integratedTime").asLong(),
                payload.path("logIndex").asLong(),
                payload.path("logID").asText(),
                Signed.decoded(entry.path("SignedEntryTimestamp").asText("")));
    }

    /** A Sigstore bundle with an envelope (cosign 3); empty for a referrer that is something else. */
    private Optional<Signed> bundle(JsonNode referrer) throws RegistryException, Untrusted {
        var manifest = registry.manifest(repository, referrer.path("digest").asText(), login);
        var layer = manifest.stream()
                .flatMap(content -> items(content, "layers").stream())
                .filter(one -> one.path("mediaType").asText().startsWith(BUNDLE))
                .findFirst();
        if (layer.isEmpty()) {
            return Optional.empty();
        }
        var bundle = tree(new String(
                registry.blob(repository, layer.get().path("digest").asText(), login)
                        .bytes(),
                StandardCharsets.UTF_8));
        var envelope = bundle.path("dsseEnvelope");
        var payload = Signed.decoded(envelope.path("payload").asText(""));
        var signature = Signed.decoded(envelope.at("/signatures/0/sig").asText(""));
        var message = Signed.preAuthentication(envelope.path("payloadType").asText(""), payload);
        return Optional.of(new Signed(
                message, payload, Signed.Form.STATEMENT, signature, evidence(bundle.path("verificationMaterial"))));
    }

    private static Optional<Signed.Evidence> evidence(JsonNode material) throws Untrusted {
        var raw = material.at("/certificate/rawBytes")
                .asText(material.at("/x509CertificateChain/certificates/0/rawBytes")
                        .asText(""));
        var entry = material.at("/tlogEntries/0");
        if (raw.isEmpty() || entry.isMissingNode()) {
            return Optional.empty();
        }
        var promise = entry.at("/inclusionPromise/signedEntryTimestamp").asText("");
        return Optional.of(new Signed.Evidence(
                "-----BEGIN CERTIFICATE-----\n" + raw + "\n-----END CERTIFICATE-----\n",
                "",
                new LogEntry(
                        entry.path("canonicalizedBody").asText(),
                        entry.path("integratedTime").asLong(),
                        entry.path("logIndex").asLong(),
                        HexFormat.of()
                                .formatHex(
                                        Signed.decoded(entry.at("/logId/keyId").asText(""))),
                        Signed.decoded(promise))));
    }

    private static List<JsonNode> items(Content content, String field) {
        try {
            return JSON.readTree(content.bytes()).path(field).valueStream().toList();
        } catch (IOException unreadable) {
            return List.of();
        }
    }

    private static JsonNode tree(String json) throws Untrusted {
        try {
            return JSON.readTree(json);
        } catch (IOException unreadable) {
            throw new Untrusted("has a bundle that is not JSON");
        }
    }
}
