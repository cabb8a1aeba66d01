package dev.heddle.cosign;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * A signature with what it was made over, as it was found.
 *
 * @param message bytes that were signed
 * @param payload the part of them that names the image
 * @param form what the payload is
 * @param signature decoded
 * @param evidence who signed, and when; only without a key
 */
record Signed(byte[] message, byte[] payload, Form form, byte[] signature, Optional<Evidence> evidence) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SIGN_PREDICATE = "https://sigstore.dev/cosign/sign/v1";

    /** How a payload names the image. */
    enum Form {
        /** JSON of "simple signing". */
        SIMPLE,
        /** A statement of in-toto. */
        STATEMENT
    }

    /**
     * What comes along with a signature without a key.
     *
     * @param certificate of the signer, PEM
     * @param chain intermediates, PEM; may be empty
     * @param entry of the log: its word, and what it speaks of
     */
    record Evidence(String certificate, String chain, LogEntry entry) {}

    /** Whether the payload speaks of this image. */
    void about(String digest) throws Untrusted {
        JsonNode tree;
        try {
            tree = JSON.readTree(payload);
        } catch (IOException unreadable) {
            throw new Untrusted("has a payload that is not JSON");
        }
        var named =
                switch (form) {
                    case SIMPLE ->
                        tree.at("/critical/image/docker-manifest-digest").asText("");
                    case STATEMENT -> {
                        if (!SIGN_PREDICATE.equals(tree.path("predicateType").asText())) {
                            throw new Untrusted("is an attestation, not the signature of an image");
                        }
                        yield "sha256:" + tree.at("/subject/0/digest/sha256").asText("");
                    }
                };
        if (!named.equals(digest)) {
            throw new Untrusted("is of another image");
        }
    }

    void by(PublicKey key) throws Untrusted {
        if (!good(key, message, signature)) {
            throw new Untrusted("was not made with the key");
        }
    }

    static boolean good(PublicKey key, byte[] message, byte[] signature) {
        var algorithm =
                switch (key.getAlgorithm()) {
                    case "RSA" -> "SHA256withRSA";
                    case "EC" -> "SHA256withECDSA";
                    default -> "Ed25519";
                };
        try {
            var check = Signature.getInstance(algorithm);
            check.initVerify(key);
            check.update(message);
            return check.verify(signature);
        } catch (GeneralSecurityException malformed) {
            return false;
        }
    }

    static byte[] decoded(String base64) throws Untrusted {
        try {
            return Base64.getDecoder().decode(base64.strip());
        } catch (IllegalArgumentException wrong) {
            throw new Untrusted("is not base64");
        }
    }

    /** What DSSE signs. */
    static byte[] preAuthentication(String type, byte[] payload) {
        var head = "DSSEv1 %d %s %d "
                .formatted(type.getBytes(StandardCharsets.UTF_8).length, type, payload.length)
                .getBytes(StandardCharsets.UTF_8);
        var whole = Arrays.copyOf(head, head.length + payload.length);
        System.arraycopy(payload, 0, whole, head.length, payload.length);
        return whole;
    }
}
