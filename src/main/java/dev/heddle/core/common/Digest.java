package dev.heddle.core.common;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of texts that are no secrets: for names and for spreading things evenly, the same after every restart. */
public final class Digest {
    private Digest() {}

    /** 64 lower case hexadecimal digits. */
    public static String hex(String text) {
        return HexFormat.of().formatHex(bytes(text));
    }

    /** Any number, also a negative one. */
    public static long number(String text) {
        return ByteBuffer.wrap(bytes(text)).getLong();
    }

    private static byte[] bytes(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException everyJdkHasIt) {
            throw new IllegalStateException(everyJdkHasIt);
        }
    }
}
