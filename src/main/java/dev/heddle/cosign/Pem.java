package dev.heddle.cosign;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** Keys and certificates as text. */
public final class Pem {
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----");
    /** What cosign and Sigstore use; the encoded key says which one it is. */
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");

    private Pem() {}

    /** @throws IllegalArgumentException with words that go on after the name of what was read */
    public static PublicKey key(String text) {
        var found = KEY.matcher(text);
        if (!found.find()) {
            throw new IllegalArgumentException("is no public key in PEM");
        }
        try {
            return key(Base64.getMimeDecoder().decode(found.group(1)));
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("is no public key that is supported (ECDSA, RSA, Ed25519)", wrong);
        }
    }

    private static PublicKey key(byte[] encoded) {
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(encoded));
            } catch (GeneralSecurityException another) {
                continue;
            }
        }
        throw new IllegalArgumentException("unknown algorithm");
    }

    /** @throws IllegalArgumentException with words that go on after the name of what was read */
    public static List<X509Certificate> certificates(String text) {
        try {
            var found = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII)));
            if (found.isEmpty()) {
                throw new IllegalArgumentException("has no certificate in PEM");
            }
            return found.stream().map(X509Certificate.class::cast).toList();
        } catch (CertificateException wrong) {
            throw new IllegalArgumentException("has no certificate in PEM", wrong);
        }
    }
}
