package dev.heddle.bucket;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where backups lie.
 *
 * @param prefix without slashes at its ends; may be empty
 * @param endpoint of a server of one's own, http or https; empty: Amazon
 * @param region empty: that of the process's environment; for an endpoint of one's own us-east-1
 * @param pathStyle whether the bucket stands in the path; else in the name of the host
 * @param certificates authorities to trust instead of the well-known ones, as PEM
 * @param credentials empty: the process's own identity (workload identity, environment)
 */
public record BucketLocation(
        String bucket,
        String prefix,
        Optional<URI> endpoint,
        Optional<String> region,
        boolean pathStyle,
        Optional<String> certificates,
        Optional<BucketCredentials> credentials) {

    private static final String SCHEME = "s3://";
    /** "Bucket naming rules" in Amazon's guide to S3, as far as all servers share them. */
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]{1,61})[a-z0-9]");

    private static final Pattern ADDRESS = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+");
    private static final Pattern REGION = Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?");
    /** A key has at most 1024 bytes; below the prefix there come id, node, collection and chunk. */
    private static final int LONGEST_PREFIX = 512;

    public BucketLocation {
        bucketName(bucket);
        prefix = trimmed(prefix);
        endpoint.ifPresent(BucketLocation::server);
        region.filter(name -> !REGION.matcher(name).matches()).ifPresent(name -> {
            throw new IllegalArgumentException("region \"%s\" is no name of a region".formatted(name));
        });
    }

    /**
     * @param bucketOrUrl a bucket, or {@code s3://bucket/prefix}
     * @throws IllegalArgumentException that tells what is wrong with it
     */
    public static BucketLocation of(String bucketOrUrl) {
        var text = bucketOrUrl.strip();
        if (!text.startsWith(SCHEME)) {
            if (text.contains("/") || text.contains(":")) {
                throw new IllegalArgumentException("\"%s\" is neither a bucket nor s3://bucket/prefix".formatted(text));
            }
            return plain(text, "");
        }
        var rest = text.substring(SCHEME.length());
        int slash = rest.indexOf('/');
        return slash < 0 ? plain(rest, "") : plain(rest.substring(0, slash), rest.substring(slash + 1));
    }

    private static BucketLocation plain(String bucket, String prefix) {
        return new BucketLocation(
                bucket, prefix, Optional.empty(), Optional.empty(), false, Optional.empty(), Optional.empty());
    }

    /** The same place below another prefix. */
    public BucketLocation withPrefix(String other) {
        return new BucketLocation(bucket, other, endpoint, region, pathStyle, certificates, credentials);
    }

    /** @param certificates PEM */
    public BucketLocation withServer(
            Optional<URI> endpoint, Optional<String> region, boolean pathStyle, Optional<String> certificates) {
        return new BucketLocation(bucket, prefix, endpoint, region, pathStyle, certificates, credentials);
    }

    public BucketLocation withCredentials(Optional<BucketCredentials> credentials) {
        return new BucketLocation(bucket, prefix, endpoint, region, pathStyle, certificates, credentials);
    }

    /** {@code s3://bucket/prefix}. */
    public String url() {
        return SCHEME + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
    }

    String key(String below) {
        return prefix.isEmpty() ? below : prefix + "/" + below;
    }

    private static void bucketName(String bucket) {
        if (!NAME.matcher(bucket).matches()
                || bucket.contains("..")
                || ADDRESS.matcher(bucket).matches()) {
            throw new IllegalArgumentException(
                    "\"%s\" is no name of a bucket: 3 to 63 small letters, digits, dots and hyphens, with a letter or digit at both ends"
                            .formatted(bucket));
        }
    }

    private static String trimmed(String prefix) {
        int start = 0;
        int end = prefix.length();
        while (start < end && prefix.charAt(start) == '/') {
            start++;
        }
        while (end > start && prefix.charAt(end - 1) == '/') {
            end--;
        }
        var trimmed = prefix.substring(start, end);
        if (trimmed.contains("//") || trimmed.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "prefix \"%s\" has an empty part or control characters".formatted(trimmed));
        }
        for (var part : trimmed.split("/")) {
            if (part.equals(".") || part.equals("..")) {
                throw new IllegalArgumentException("prefix \"%s\" has a part \"%s\"".formatted(trimmed, part));
            }
        }
        if (trimmed.length() > LONGEST_PREFIX) {
            throw new IllegalArgumentException("prefix has more than %d characters".formatted(LONGEST_PREFIX));
        }
        return trimmed;
    }

    private static void server(URI endpoint) {
        var scheme = endpoint.getScheme();
        if (endpoint.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
            throw new IllegalArgumentException("endpoint must be http://host[:port] or https://host[:port]");
        }
        if (endpoint.getUserInfo() != null || endpoint.getQuery() != null || endpoint.getFragment() != null) {
            throw new IllegalArgumentException("endpoint must hold neither user, query nor fragment");
        }
    }
}
