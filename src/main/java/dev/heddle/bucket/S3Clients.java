package dev.heddle.bucket;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.checksums.RequestChecksumCalculation;
import software.amazon.awssdk.core.checksums.ResponseChecksumValidation;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.providers.SystemSettingsRegionProvider;
import software.amazon.awssdk.services.s3.LegacyMd5Plugin;
import software.amazon.awssdk.services.s3.S3Client;

/** One client for each server and identity, the most recently used ones kept. */
final class S3Clients implements AutoCloseable {
    static final int KEPT = 32;

    private final Limits limits;
    private final DefaultCredentialsProvider own =
            DefaultCredentialsProvider.builder().build();
    /** Ends requests that take too long. Each client would make five such threads of its own. */
    private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1, work -> {
        var thread = new Thread(work, "s3-timer");
        thread.setDaemon(true);
        return thread;
    });

    private final Map<Server, S3Client> clients = new LinkedHashMap<>(16, 0.75f, true);

    private record Server(
            Optional<URI> endpoint,
            Optional<String> region,
            boolean pathStyle,
            Optional<String> certificates,
            Optional<BucketCredentials> credentials) {}

    S3Clients(Limits limits) {
        this.limits = limits;
    }

    S3Client of(BucketLocation where) throws BucketException {
        var server = new Server(
                where.endpoint(), where.region(), where.pathStyle(), where.certificates(), where.credentials());
        synchronized (clients) {
            var known = clients.get(server);
            if (known != null) {
                return known;
            }
        }
        var fresh = client(server);
        synchronized (clients) {
            var other = clients.putIfAbsent(server, fresh);
            if (other != null) {
                fresh.close();
                return other;
            }
            if (clients.size() > KEPT) {
                var eldest = clients.entrySet().iterator();
                eldest.next().getValue().close();
                eldest.remove();
            }
            return fresh;
        }
    }

    int size() {
        synchronized (clients) {
            return clients.size();
        }
    }

    @Override
    public void close() {
        synchronized (clients) {
            clients.values().forEach(S3Client::close);
            clients.clear();
        }
        own.close();
        timer.shutdownNow();
    }

    private S3Client client(Server server) throws BucketException {
        var http = UrlConnectionHttpClient.builder()
                .connectionTimeout(limits.connect())
                .socketTimeout(limits.silence());
        if (server.certificates().isPresent()) {
            var trusted = trusted(server.certificates().get());
            http.tlsTrustManagersProvider(() -> trusted);
        }
        var builder = S3Client.builder()
                .httpClientBuilder(http)
                .credentialsProvider(server.credentials().map(S3Clients::fixed).orElse(own))
                .region(region(server))
                .forcePathStyle(server.pathStyle())
                // A bucket at Amazon may lie in another region than the one that was named, or than the process.
                .crossRegionAccessEnabled(server.endpoint().isEmpty())
                // What only newer servers know is asked of none; deletions carry an MD5, which all of them know.
                .requestChecksumCalculation(RequestChecksumCalculation.WHEN_REQUIRED)
                .responseChecksumValidation(ResponseChecksumValidation.WHEN_REQUIRED)
                .addPlugin(LegacyMd5Plugin.create())
                .overrideConfiguration(settings -> settings.apiCallTimeout(limits.call())
                        .apiCallAttemptTimeout(limits.attempt())
                        .retryStrategy(RetryMode.STANDARD)
                        .scheduledExecutorService(timer)
                        // Files in the home directory are nobody's business here.
                        .defaultProfileFile(ProfileFile.aggregator().build()));
        server.endpoint().ifPresent(builder::endpointOverride);
        return builder.build();
    }

    private static Region region(Server server) {
        if (server.region().isPresent()) {
            return Region.of(server.region().get());
        }
        if (server.endpoint().isPresent()) {
            return Region.US_EAST_1;
        }
        try {
            return new SystemSettingsRegionProvider().getRegion();
        } catch (SdkClientException nowhere) {
            return Region.US_EAST_1;
        }
    }

    private static AwsCredentialsProvider fixed(BucketCredentials credentials) {
        return StaticCredentialsProvider.create(credentials
                .sessionToken()
                .<AwsCredentials>map(
                        token -> AwsSessionCredentials.create(credentials.accessKey(), credentials.secretKey(), token))
                .orElseGet(() -> AwsBasicCredentials.create(credentials.accessKey(), credentials.secretKey())));
    }

    private static TrustManager[] trusted(String pem) throws BucketException {
        try {
            var store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (var certificate : CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            if (number == 0) {
                throw new BucketException.Unreachable("the certificates to trust are empty");
            }
            var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init(store);
            return factory.getTrustManagers();
        } catch (GeneralSecurityException | IOException unreadable) {
            throw new BucketException.Unreachable("the certificates to trust are not PEM certificates");
        }
    }
}
