package dev.heddle.cosign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeMap;

/**
 * An entry of the transparency log, with the log's promise to have it.
 *
 * @param body what was logged, base64 of JSON
 * @param integratedTime when, seconds
 * @param logIndex where
 * @param logId hex of the digest of the log's key
 * @param promise the log's signature over all of these (signed entry timestamp)
 */
record LogEntry(String body, long integratedTime, long logIndex, String logId, byte[] promise) {
    private static final JsonMapper JSON = new JsonMapper();

    Instant time() {
        return Instant.ofEpochSecond(integratedTime);
    }

    /** Whether the log vouches for it, and it speaks of this signature, made with this certificate. */
    void confirm(PublicKey log, Signed signed, X509Certificate certificate) throws Untrusted {
        if (!HexFormat.of().formatHex(sha256(log.getEncoded())).equals(logId)) {
            throw new Untrusted("was logged in another log");
        }
        if (!Signed.good(log, canonical(), promise)) {
            throw new Untrusted("has an entry that the log did not sign");
        }
        var entry = read();
        switch (entry.path("kind").asText()) {
            case "hashedrekord" -> hashed(entry.path("spec"), signed, certificate);
            case "dsse" -> envelope(entry.path("spec"), signed, certificate);
            default -> throw new Untrusted("has an entry of a kind that is not known");
        }
    }

    /** Keys in order, no spaces: RFC 8785 for what stands in here. */
    private byte[] canonical() throws Untrusted {
        var fields = new TreeMap<String, Object>();
        fields.put("body", body);
        fields.put("integratedTime", integratedTime);
        fields.put("logID", logId);
        fields.put("logIndex", logIndex);
        try {
            return JSON.writeValueAsBytes(fields);
        } catch (JsonProcessingException impossible) {
            throw new Untrusted("has an unreadable entry");
        }
    }

    private JsonNode read() throws Untrusted {
        try {
            return JSON.readTree(Signed.decoded(body));
        } catch (IOException unreadable) {
            throw new Untrusted("has an unreadable entry");
        }
    }

    private static void hashed(JsonNode spec, Signed signed, X509Certificate certificate) throws Untrusted {
        same(spec.at("/data/hash/algorithm").asText().equals("sha256"));
        same(spec.at("/data/hash/value").asText().equals(HexFormat.of().formatHex(sha256(signed.message()))));
        same(Arrays.equals(Signed.decoded(spec.at("/signature/content").asText()), signed.signature()));
        same(certifies(spec.at("/signature/publicKey/content").asText(), certificate));
    }

    private static void envelope(JsonNode spec, Signed signed, X509Certificate certificate) throws Untrusted {
        same(spec.at("/payloadHash/algorithm").asText().equals("sha256"));
        same(spec.at("/payloadHash/value").asText().equals(HexFormat.of().formatHex(sha256(signed.payload()))));
        var first = spec.at("/signatures/0");
        same(Arrays.equals(Signed.decoded(first.path("signature").asText()), signed.signature()));
        same(certifies(first.path("verifier").asText(), certificate));
    }

    private static void same(boolean holds) throws Untrusted {
        if (!holds) {
            throw new Untrusted("is not the one that was logged");
        }
    }

    /** @param logged PEM in base64 */
    private static boolean certifies(String logged, X509Certificate certificate) throws Untrusted {
        try {
            var text = new String(Base64.getDecoder().decode(logged), StandardCharsets.US_ASCII);
            return Pem.certificates(text).getFirst().equals(certificate);
        } catch (IllegalArgumentException unreadable) {
            throw new Untrusted("is not the one that was logged");
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
