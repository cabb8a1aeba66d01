package dev.heddle.bucket;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.core.exception.NonRetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.MultipartUpload;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.paginators.ListObjectsV2Iterable;

/** One call of the store: requests to one bucket, with one time limit over all of them. */
final class S3Session {
    private final S3Client client;
    private final BucketLocation where;
    private final Limits limits;
    private final long begin = System.nanoTime();

    S3Session(S3Client client, BucketLocation where, Limits limits) {
        this.client = client;
        this.where = where;
        this.limits = limits;
    }

    interface Work<T> {
        T run() throws BucketException;
    }

    interface Parser<T> {
        T parse(InputStream content) throws IOException, Descriptors.UnreadableException;
    }

    <T> T run(Work<T> work) throws BucketException {
        try {
            return work.run();
        } catch (SdkException failure) {
            throw S3Failure.of(where, failure);
        }
    }

    /** @throws BucketException when the time is over */
    void goesOn() throws BucketException {
        if (left().isNegative()) {
            throw new BucketException.Unreachable("bucket %s is too slow: not done within %d s"
                    .formatted(where.bucket(), limits.whole().toSeconds()));
        }
    }

    private Duration left() {
        return limits.whole().minusNanos(System.nanoTime() - begin);
    }

    /** @param delimiter where names are cut, for a list of folders; empty for all objects */
    ListObjectsV2Iterable pages(String prefix, String delimiter) {
        return client.listObjectsV2Paginator(request -> {
            request.bucket(where.bucket()).prefix(prefix);
            if (!delimiter.isEmpty()) {
                request.delimiter(delimiter);
            }
        });
    }

    boolean exists(String key) throws BucketException {
        goesOn();
        try {
            client.headObject(request -> request.bucket(where.bucket()).key(key));
            return true;
        } catch (S3Exception absent) {
            if (absent.statusCode() == 404) {
                return false;
            }
            throw absent;
        }
    }

    /** @param key below the location's prefix */
    <T> Optional<T> descriptor(String key, long most, Parser<T> parser) throws BucketException {
        goesOn();
        try {
            return Optional.of(client.getObject(
                    request -> request.bucket(where.bucket())
                            .key(where.key(key))
                            // A descriptor may be long; a server that sends nothing is left all the same.
                            .overrideConfiguration(settings ->
                                    settings.apiCallTimeout(limits.whole()).apiCallAttemptTimeout(limits.whole())),
                    ResponseTransformer.unmanaged((response, content) -> {
                        try (content) {
                            return parser.parse(new Limited(content, most));
                        } catch (Descriptors.UnreadableException | TooLongException unreadable) {
                            content.abort();
                            throw NonRetryableException.create("unreadable", unreadable);
                        }
                    })));
        } catch (NoSuchKeyException absent) {
            return Optional.empty();
        } catch (SdkException failure) {
            for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
                if (cause instanceof Descriptors.UnreadableException || cause instanceof TooLongException) {
                    throw new BucketException.Malformed("%s/%s %s".formatted(where.url(), key, cause.getMessage()));
                }
            }
            throw failure;
        }
    }

    void delete(List<ObjectIdentifier> keys) throws BucketException {
        if (keys.isEmpty()) {
            return;
        }
        var reply = client.deleteObjects(request -> request.bucket(where.bucket())
                .delete(objects -> objects.objects(keys).quiet(true)));
        if (!reply.errors().isEmpty()) {
            throw S3Failure.undeleted(where, reply.errors().getFirst().code());
        }
    }

    void abortUploads(String prefix) throws BucketException {
        try {
            for (var page : client.listMultipartUploadsPaginator(
                    request -> request.bucket(where.bucket()).prefix(prefix))) {
                goesOn();
                for (var upload : page.uploads()) {
                    abort(upload, prefix);
                }
            }
        } catch (S3Exception unknown) {
            // Some servers know no list of uploads; the objects are deleted all the same.
            if (unknown.statusCode() != 501 && unknown.statusCode() != 405) {
                throw unknown;
            }
        }
    }

    private void abort(MultipartUpload upload, String prefix) {
        // Not every server heeds the prefix.
        if (!upload.key().startsWith(prefix)) {
            return;
        }
        try {
            client.abortMultipartUpload(
                    request -> request.bucket(where.bucket()).key(upload.key()).uploadId(upload.uploadId()));
        } catch (S3Exception gone) {
            if (gone.statusCode() != 404) {
                throw gone;
            }
        }
    }

    private static final class TooLongException extends IOException {
        TooLongException(long most) {
            super("has more than %d bytes".formatted(most));
        }
    }

    private static final class Limited extends FilterInputStream {
        private final long most;
        private long read;

        Limited(InputStream content, long most) {
            super(content);
            this.most = most;
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int some = super.read(buffer, offset, length);
            count(some);
            return some;
        }

        private void count(int more) throws IOException {
            read += Math.max(0, more);
            if (read > most) {
                throw new TooLongException(most);
            }
        }
    }
}
