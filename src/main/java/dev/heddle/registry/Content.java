package dev.heddle.registry;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Bytes of a registry, with the digest that they really have. */
public record Content(byte[] bytes, String digest) {

    static Content of(byte[] bytes) {
        return new Content(bytes, digestOf(bytes));
    }

    /** sha256:… */
    public static String digestOf(byte[] bytes) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
