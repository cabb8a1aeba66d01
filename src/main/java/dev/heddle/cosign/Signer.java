package dev.heddle.cosign;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathBuilder;
import java.security.cert.CertStore;
import java.security.cert.CertificateParsingException;
import java.security.cert.CollectionCertStoreParameters;
import java.security.cert.PKIXBuilderParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CertSelector;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Who signed, by the certificate of a signer without a key of its own. */
final class Signer {
    /** Issuer, as a string of ASN.1 (Fulcio, since 2022). */
    private static final String ISSUER = "1.3.6.1.4.1.57264.1.8";
    /** Issuer, as bare bytes: what was before. */
    private static final String ISSUER_BARE = "1.3.6.1.4.1.57264.1.1";

    private static final String CODE_SIGNING = "1.3.6.1.5.5.7.3.3";
    private static final int MAIL = 1;
    private static final int URI = 6;
    private static final int OCTET_STRING = 0x04;
    private static final int UTF8_STRING = 0x0c;

    private Signer() {}

    /** The certificate, when everything holds. */
    static X509Certificate confirm(Signed signed, Trust.Keyless trust) throws Untrusted {
        var evidence = signed.evidence()
                .orElseThrow(
                        () -> new Untrusted("was made with a key, and has no certificate and no entry in the log"));
        var certificate = parsed(evidence.certificate()).getFirst();
        signed.by(certificate.getPublicKey());
        evidence.entry().confirm(trust.log(), signed, certificate);
        var chain = evidence.chain().isBlank() ? List.<X509Certificate>of() : parsed(evidence.chain());
        issued(certificate, chain, trust.authorities(), evidence.entry().time());
        if (!names(certificate).contains(trust.subject())) {
            throw new Untrusted("was made by %s, not by %s".formatted(names(certificate), trust.subject()));
        }
        var issuer = issuer(certificate).orElse("nobody");
        if (!issuer.equals(trust.issuer())) {
            throw new Untrusted("is vouched for by %s, not by %s".formatted(issuer, trust.issuer()));
        }
        return certificate;
    }

    private static List<X509Certificate> parsed(String pem) throws Untrusted {
        try {
            return Pem.certificates(pem);
        } catch (IllegalArgumentException unreadable) {
            throw new Untrusted("has an unreadable certificate");
        }
    }

    /** Whether the authority issued it, and it was valid when the signature was made. */
    private static void issued(
            X509Certificate certificate, List<X509Certificate> chain, List<X509Certificate> authorities, Instant time)
            throws Untrusted {
        var anchors = authorities.stream()
                .filter(Signer::selfSigned)
                .map(root -> new TrustAnchor(root, null))
                .collect(Collectors.toSet());
        var between = new ArrayList<>(chain);
        between.addAll(authorities);
        between.add(certificate);
        var leaf = new X509CertSelector();
        leaf.setCertificate(certificate);
        try {
            if (anchors.isEmpty()
                    || certificate.getExtendedKeyUsage() == null
                    || !certificate.getExtendedKeyUsage().contains(CODE_SIGNING)) {
                throw new Untrusted("has a certificate that is not one for signing code, or there is no root to trust");
            }
            var parameters = new PKIXBuilderParameters(anchors, leaf);
            parameters.setRevocationEnabled(false);
            parameters.setDate(Date.from(time));
            parameters.addCertStore(CertStore.getInstance("Collection", new CollectionCertStoreParameters(between)));
            CertPathBuilder.getInstance("PKIX").build(parameters);
        } catch (GeneralSecurityException untrusted) {
            throw new Untrusted(
                    "has a certificate that the authority did not issue, or that was not valid when it was logged");
        }
    }

    private static boolean selfSigned(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }

    private static Set<String> names(X509Certificate certificate) throws Untrusted {
        try {
            return Optional.ofNullable(certificate.getSubjectAlternativeNames()).stream()
                    .flatMap(Collection::stream)
                    .filter(name -> List.of(MAIL, URI).contains(name.getFirst()))
                    .map(name -> String.valueOf(name.get(1)))
                    .collect(Collectors.toSet());
        } catch (CertificateParsingException unreadable) {
            throw new Untrusted("has an unreadable certificate");
        }
    }

    private static Optional<String> issuer(X509Certificate certificate) {
        return Optional.ofNullable(certificate.getExtensionValue(ISSUER))
                .flatMap(value -> content(value, OCTET_STRING))
                .flatMap(value -> content(value, UTF8_STRING))
                .or(() -> Optional.ofNullable(certificate.getExtensionValue(ISSUER_BARE))
                        .flatMap(value -> content(value, OCTET_STRING)))
                .map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /** Content of one DER value that fills all of the bytes. */
    static Optional<byte[]> content(byte[] der, int tag) {
        if (der.length < 2 || der[0] != tag) {
            return Optional.empty();
        }
        int length = der[1] & 0xff;
        int begin = 2;
        if (length > 0x80) {
            int bytes = length - 0x80;
            if (bytes > 2 || der.length < 2 + bytes) {
                return Optional.empty();
            }
            length = 0;
            for (int i = 0; i < bytes; i++) {
                length = length << 8 | der[2 + i] & 0xff;
            }
            begin += bytes;
        }
        return begin + length == der.length
                ? Optional.of(Arrays.copyOfRange(der, begin, der.length))
                : Optional.empty();
    }
}
