package dev.heddle.cosign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.heddle.registry.Content;
import dev.heddle.registry.RegistryException;
import dev.heddle.registry.Repository;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signatures by a key, good and bad. */
class CosignTest {
    private static final KeyPair KEYS = Certificates.keys();
    private static final KeyPair OTHER = Certificates.keys();
    private static final Trust TRUST = new Trust.Key(KEYS.getPublic());
    private static final byte[] PAYLOAD = SignedRegistry.payload(SignedRegistry.IMAGE);

    @Test
    void acceptsTheSignatureOfTheKey() {
        assertGood(new SignedRegistry().signed(PAYLOAD, sign(PAYLOAD), Map.of()));
    }

    @Test
    void acceptsOneGoodAmongBadOnes() {
        var forged = SignedRegistry.payload("sha256:" + "0".repeat(64));
        assertGood(new SignedRegistry()
                .signed(PAYLOAD, Certificates.sign(OTHER.getPrivate(), PAYLOAD), Map.of())
                .layer(PAYLOAD, "***", Map.of())
                .signed(forged, sign(forged), Map.of())
                .signed(PAYLOAD, sign(PAYLOAD), Map.of()));
    }

    @Test
    void tellsAnImageWithoutSignature() {
        assertThat(verdict(new SignedRegistry(), TRUST)).isEqualTo(new Verdict.Unsigned());
    }

    @Test
    void refusesAnotherKey() {
        refuses(
                new SignedRegistry().signed(PAYLOAD, Certificates.sign(OTHER.getPrivate(), PAYLOAD), Map.of()),
                "was not made with the key");
    }

    @Test
    void refusesTheSignatureOfAnotherImage() {
        var other = SignedRegistry.payload("sha256:" + "0".repeat(64));
        refuses(new SignedRegistry().signed(other, sign(other), Map.of()), "is of another image");
    }

    @Test
    void refusesAPayloadThatWasChanged() {
        var registry = new SignedRegistry().signed(PAYLOAD, sign(PAYLOAD), Map.of());
        var changed = new String(PAYLOAD, StandardCharsets.UTF_8).replace("weaviate", "evil");
        refuses(registry.forge(PAYLOAD, changed.getBytes(StandardCharsets.UTF_8)), "was not made with the key");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no JSON", "[]", "{}", "{\"critical\":{\"image\":{\"docker-manifest-digest\":null}}}"})
    void refusesAPayloadThatNamesNoImage(String text) {
        var payload = text.getBytes(StandardCharsets.UTF_8);
        refuses(new SignedRegistry().signed(payload, sign(payload), Map.of()), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "***", "AAAA", "MAA="})
    void refusesWhatIsNoSignature(String signature) {
        refuses(new SignedRegistry().layer(PAYLOAD, signature, Map.of()), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "null", "[]", "no JSON", "{\"layers\": 3}", "{\"layers\": [null, 1, {}]}"})
    void takesAMalformedManifestForNoSignature(String manifest) {
        var registry = new SignedRegistry()
                .manifest(SignedRegistry.IMAGE.replace(':', '-') + ".sig", manifest.getBytes(StandardCharsets.UTF_8));
        assertThat(verdict(registry, TRUST)).isEqualTo(new Verdict.Unsigned());
    }

    @Test
    void readsBundles() {
        assertGood(new SignedRegistry().bundled(bundle(statement(SignedRegistry.IMAGE, SIGN), KEYS)));
        refuses(
                new SignedRegistry().bundled(bundle(statement(SignedRegistry.IMAGE, SIGN), OTHER)),
                "was not made with the key");
        refuses(
                new SignedRegistry().bundled(bundle(statement("sha256:" + "0".repeat(64), SIGN), KEYS)),
                "is of another image");
        refuses(new SignedRegistry().bundled("no JSON".getBytes(StandardCharsets.UTF_8)), "bundle that is not JSON");
        refuses(new SignedRegistry().bundled("{}".getBytes(StandardCharsets.UTF_8)), "");
        assertThat(verdict(new SignedRegistry().referrer("{}".getBytes(StandardCharsets.UTF_8)), TRUST))
                .as("something else that refers to the image")
                .isEqualTo(new Verdict.Unsigned());
    }

    /** The same key signs attestations; that there is a list of parts does not mean that the image may run. */
    @Test
    void takesNoAttestationForASignature() {
        refuses(
                new SignedRegistry()
                        .bundled(bundle(statement(SignedRegistry.IMAGE, "https://spdx.dev/Document"), KEYS)),
                "is an attestation");
    }

    @Test
    void acceptsOtherAlgorithms() throws GeneralSecurityException {
        for (var algorithm : List.of(new String[] {"RSA", "SHA256withRSA"}, new String[] {"Ed25519", "Ed25519"})) {
            var keys = KeyPairGenerator.getInstance(algorithm[0]).generateKeyPair();
            var signature = Signature.getInstance(algorithm[1]);
            signature.initSign(keys.getPrivate());
            signature.update(PAYLOAD);
            var registry = new SignedRegistry().signed(PAYLOAD, signature.sign(), Map.of());
            var trust = new Trust.Key(Pem.key(Certificates.pem(keys.getPublic())));

            assertThat(verdict(registry, trust)).as(algorithm[0]).isEqualTo(new Verdict.Good());
            assertThat(verdict(registry, TRUST)).as(algorithm[0]).isInstanceOf(Verdict.Wrong.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "key",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN PUBLIC KEY-----\nA\n-----END PUBLIC KEY-----",
                "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"
            })
    void refusesWhatIsNoKey(String text) {
        assertThatThrownBy(() -> Pem.key(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("public key");
        assertThatThrownBy(() -> Pem.certificates(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("certificate");
    }

    /** Recorded: cosign 2.6.5 with a key of its own, once under the tag, once as a bundle. */
    @Test
    void acceptsWhatCosignMakes() throws IOException, RegistryException {
        var trust = new Trust.Key(Pem.key(new String(recorded("cosign.pub"), StandardCharsets.US_ASCII)));
        var tagged = "sha256:f7ad3b7584d36732f522593650f9ab2295f36a69bb771bf7f24e904c4778ec90";
        var bundled = "sha256:d3acbc90a1b603f4bb821abd16b5f7f30af98ac588053bcc518e5bf37761a5d4";
        var registry = new SignedRegistry()
                .manifest(tagged.replace(':', '-') + ".sig", recorded("signature-manifest.json"))
                .manifest(bundled.replace(':', '-'), recorded("referrers-index.json"))
                .withoutReferrers();
        for (var file : List.of("signature-payload.json", "bundle-manifest.json", "bundle.json")) {
            registry.manifest(Content.digestOf(recorded(file)), recorded(file));
        }
        for (var digest : List.of(tagged, bundled)) {
            assertThat(verdict(registry, digest, trust)).isEqualTo(new Verdict.Good());
            assertThat(verdict(registry, digest, TRUST)).isInstanceOf(Verdict.Wrong.class);
        }
    }

    private static byte[] recorded(String file) throws IOException {
        return Files.readAllBytes(Path.of("src", "test", "resources", "cosign", file));
    }

    private static final String SIGN = "https://sigstore.dev/cosign/sign/v1";

    private static byte[] statement(String digest, String predicate) {
        return SignedRegistry.json(Map.of(
                "_type",
                "https://in-toto.io/Statement/v1",
                "subject",
                List.of(Map.of("digest", Map.of("sha256", digest.substring(7)))),
                "predicateType",
                predicate));
    }

    private static byte[] bundle(byte[] statement, KeyPair signer) {
        var type = "application/vnd.in-toto+json";
        var head = "DSSEv1 28 %s %d ".formatted(type, statement.length).getBytes(StandardCharsets.UTF_8);
        var signature = Certificates.sign(signer.getPrivate(), Certificates.join(head, statement));
        var encoder = Base64.getEncoder();
        return SignedRegistry.json(Map.of(
                "dsseEnvelope",
                Map.of(
                        "payload",
                        encoder.encodeToString(statement),
                        "payloadType",
                        type,
                        "signatures",
                        List.of(Map.of("sig", encoder.encodeToString(signature)))),
                "verificationMaterial",
                Map.of("publicKey", Map.of("hint", "k"))));
    }

    private static byte[] sign(byte[] payload) {
        return Certificates.sign(KEYS.getPrivate(), payload);
    }

    private static void assertGood(SignedRegistry registry) {
        assertThat(verdict(registry, TRUST)).isEqualTo(new Verdict.Good());
    }

    private static void refuses(SignedRegistry registry, String why) {
        assertThat(verdict(registry, TRUST))
                .isInstanceOfSatisfying(
                        Verdict.Wrong.class, wrong -> assertThat(wrong.why()).contains(why));
    }

    private static Verdict verdict(SignedRegistry registry, Trust trust) {
        try {
            return verdict(registry, SignedRegistry.IMAGE, trust);
        } catch (RegistryException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static Verdict verdict(SignedRegistry registry, String digest, Trust trust) throws RegistryException {
        return new Cosign(registry).verify(Repository.of("example.com/weaviate"), digest, trust, Optional.empty());
    }
}
