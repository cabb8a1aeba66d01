package dev.heddle.bucket;

import java.net.SocketTimeoutException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.core.exception.SdkException;

/** What a failed request means. Of what the server sent only the code goes into messages: a word out of S3's list. */
final class S3Failure {
    private static final Pattern CODE = Pattern.compile("[A-Za-z]{1,60}");
    /** With status 400 ("List of error codes" in Amazon's reference of S3), the last one with 404 (versitygw). */
    private static final Set<String> CREDENTIALS = Set.of(
            "ExpiredToken",
            "InvalidToken",
            "TokenRefreshRequired",
            "InvalidAccessKeyId",
            "AuthorizationHeaderMalformed",
            "XAdminUserNotFound");

    private S3Failure() {}

    static BucketException of(BucketLocation where, SdkException failure) {
        return failure instanceof AwsServiceException answer ? answered(where, answer) : unanswered(where, failure);
    }

    /** @param code as a server may name it in the list of what it could not delete */
    static BucketException undeleted(BucketLocation where, String code) {
        var what = "%s: deletion refused (%s)".formatted(where.url(), word(code));
        return "AccessDenied".equals(code) ? new BucketException.Denied(what) : new BucketException.Unreachable(what);
    }

    private static BucketException answered(BucketLocation where, AwsServiceException answer) {
        int status = answer.statusCode();
        var code = Optional.ofNullable(answer.awsErrorDetails())
                .map(details -> details.errorCode())
                .map(S3Failure::word)
                .orElse("no code");
        var reply = "HTTP %d, %s".formatted(status, code);
        if ("NoSuchBucket".equals(code)) {
            return new BucketException.Missing("there is no bucket %s (%s)".formatted(where.bucket(), reply));
        }
        if (status == 301 || status == 307 || "AuthorizationHeaderMalformed".equals(code)) {
            return new BucketException.Denied(
                    "bucket %s belongs to another region or endpoint (%s)".formatted(where.bucket(), reply));
        }
        if ("RequestTimeTooSkewed".equals(code)) {
            return new BucketException.Denied(
                    "bucket %s refuses access, because clocks differ (%s)".formatted(where.bucket(), reply));
        }
        if (status == 401 || status == 403 || CREDENTIALS.contains(code)) {
            return new BucketException.Denied(
                    "bucket %s refuses access: wrong credentials, or without the right to do this (%s)"
                            .formatted(where.bucket(), reply));
        }
        return new BucketException.Unreachable("the server of bucket %s answered %s".formatted(where.bucket(), reply));
    }

    private static BucketException unanswered(BucketLocation where, SdkException failure) {
        if (failure instanceof AbortedException) {
            Thread.currentThread().interrupt();
            return new BucketException.Unreachable("reading bucket %s was interrupted".formatted(where.bucket()));
        }
        if (failure instanceof ApiCallTimeoutException
                || failure instanceof ApiCallAttemptTimeoutException
                || caused(failure, SocketTimeoutException.class)) {
            return new BucketException.Unreachable(
                    "the server of bucket %s does not answer in time".formatted(where.bucket()));
        }
        if (caused(failure, SSLException.class)) {
            return new BucketException.Unreachable(
                    "no secure connection to the server of bucket %s: is its certificate one that is trusted?"
                            .formatted(where.bucket()));
        }
        // The SDK has no type for it.
        if (String.valueOf(failure.getMessage()).contains("Unable to load credentials")) {
            return new BucketException.Denied(
                    "no credentials for bucket %s: none are named, and the operator has no identity of its own"
                            .formatted(where.bucket()));
        }
        return new BucketException.Unreachable("the server of bucket %s cannot be reached (%s)"
                .formatted(where.bucket(), root(failure).getClass().getSimpleName()));
    }

    private static String word(String code) {
        return code != null && CODE.matcher(code).matches() ? code : "no code";
    }

    private static boolean caused(Throwable failure, Class<? extends Throwable> type) {
        for (var cause = failure; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return true;
            }
        }
        return false;
    }

    private static Throwable root(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
