package dev.heddle.core.backup;

import java.util.Optional;

/** A bucket and a prefix in it, as s3://bucket/prefix. @param prefix empty for none; without slashes at its ends */
public record BucketName(String bucket, Optional<String> prefix) {

    public static BucketName of(String text) {
        var plain = text.replaceFirst("^s3://", "").replaceFirst("/+$", "");
        int slash = plain.indexOf('/');
        return slash < 0
                ? new BucketName(plain, Optional.empty())
                : new BucketName(plain.substring(0, slash), Optional.of(plain.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return "s3://" + bucket + prefix.map(path -> "/" + path).orElse("");
    }
}
