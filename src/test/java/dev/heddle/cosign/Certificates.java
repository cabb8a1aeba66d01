package dev.heddle.cosign;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;

/** Makes keys and certificates as Fulcio does; X.509 by hand, for the JDK only reads it. */
final class Certificates {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    /** ecdsa-with-SHA256. */
    private static final byte[] ALGORITHM = der(0x30, HexFormat.of().parseHex("06082a8648ce3d040302"));

    private Certificates() {}

    static KeyPair keys() {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static byte[] sign(PrivateKey key, byte[] message) {
        try {
            var signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static String pem(PublicKey key) {
        return armored("PUBLIC KEY", key.getEncoded());
    }

    /** A root of its own. */
    static String root(String name, KeyPair keys, Instant from, Instant to) {
        // basicConstraints: CA; keyUsage: keyCertSign.
        var extensions = join(
                extension("551d13", true, der(0x30, new byte[] {1, 1, (byte) 0xff})),
                extension("551d0f", true, new byte[] {3, 2, 2, 4}));
        return certificate(new Issued(name, name, keys.getPublic(), from, to, extensions), keys.getPrivate());
    }

    /** @param mail subject alternative name; a URI when it has a colon */
    record Leaf(String mail, String issuer, boolean codeSigning) {}

    static String leaf(Leaf leaf, String root, PrivateKey signer, PublicKey key, Instant from, Instant to) {
        int kind = leaf.mail().contains(":") ? 0x86 : 0x81;
        var usage = leaf.codeSigning() ? "06082b06010505070303" : "06082b06010505070301";
        var extensions = join(
                extension("551d25", false, der(0x30, HexFormat.of().parseHex(usage))),
                extension("551d11", true, der(0x30, der(kind, leaf.mail().getBytes(StandardCharsets.US_ASCII)))),
                extension("2b0601040183bf300108", false, der(0x0c, leaf.issuer().getBytes(StandardCharsets.UTF_8))));
        return certificate(new Issued("", root, key, from, to, extensions), signer);
    }

    private record Issued(String subject, String issuer, PublicKey key, Instant from, Instant to, byte[] extensions) {}

    private static String certificate(Issued issued, PrivateKey signer) {
        var body = der(
                0x30,
                join(
                        der(0xa0, new byte[] {2, 1, 2}),
                        der(
                                2,
                                BigInteger.valueOf(Math.abs(issued.hashCode()) + 1L)
                                        .toByteArray()),
                        ALGORITHM,
                        name(issued.issuer()),
                        der(0x30, join(time(issued.from()), time(issued.to()))),
                        name(issued.subject()),
                        issued.key().getEncoded(),
                        der(0xa3, der(0x30, issued.extensions()))));
        var signature = join(new byte[] {0}, sign(signer, body));
        return armored("CERTIFICATE", der(0x30, join(body, ALGORITHM, der(3, signature))));
    }

    private static byte[] name(String common) {
        if (common.isEmpty()) {
            return der(0x30, new byte[0]);
        }
        var attribute = der(
                0x30, join(HexFormat.of().parseHex("0603550403"), der(0x0c, common.getBytes(StandardCharsets.UTF_8))));
        return der(0x30, der(0x31, attribute));
    }

    private static byte[] time(Instant time) {
        return der(0x17, UTC.format(time).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] extension(String oid, boolean critical, byte[] value) {
        var mark = critical ? new byte[] {1, 1, (byte) 0xff} : new byte[0];
        return der(0x30, join(der(6, HexFormat.of().parseHex(oid)), mark, der(4, value)));
    }

    private static byte[] der(int tag, byte[] content) {
        var length = content.length < 0x80
                ? new byte[] {(byte) content.length}
                : content.length < 0x100
                        ? new byte[] {(byte) 0x81, (byte) content.length}
                        : new byte[] {(byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
        return join(new byte[] {(byte) tag}, length, content);
    }

    static byte[] join(byte[]... parts) {
        var whole = new ByteArrayOutputStream();
        for (var part : parts) {
            whole.writeBytes(part);
        }
        return whole.toByteArray();
    }

    private static String armored(String what, byte[] content) {
        return "-----BEGIN %s-----%n%s%n-----END %s-----%n"
                .formatted(what, Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content), what);
    }
}
