package dev.heddle.bucket;

import java.util.Optional;

/** Keys of an S3 user; {@code sessionToken} where they are passing ones. */
public record BucketCredentials(String accessKey, String secretKey, Optional<String> sessionToken) {

    public BucketCredentials {
        if (accessKey.isBlank() || secretKey.isBlank()) {
            throw new IllegalArgumentException("access key and secret key must not be empty");
        }
    }

    /** For logs and messages. */
    @Override
    public String toString() {
        return "BucketCredentials[hidden]";
    }
}
