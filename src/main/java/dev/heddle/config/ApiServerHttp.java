package dev.heddle.config;

import io.fabric8.kubernetes.client.http.HttpClient.Factory;
import io.fabric8.kubernetes.client.vertx.VertxHttpClientBuilder;
import io.netty.handler.ssl.ApplicationProtocolConfig;
import io.netty.handler.ssl.ApplicationProtocolConfig.Protocol;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectedListenerFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolConfig.SelectorFailureBehavior;
import io.netty.handler.ssl.ApplicationProtocolNames;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.IdentityCipherSuiteFilter;
import io.netty.handler.ssl.JdkSslContext;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.impl.VertxWrapper;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.SslContextFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * One HTTP/2 connection to the API server for every request and watch, as client-go has it. The client's own way, a
 * connection for each, costs a TLS handshake and buffers every time: 27 of them before the operator is ready.
 */
final class ApiServerHttp implements Factory {
    private static final Logger LOG = Logger.getLogger(ApiServerHttp.class);
    /** As client-go's ReadIdleTimeout; also keeps load balancers from closing a connection of quiet watches. */
    private static final Duration PING_INTERVAL = Duration.ofSeconds(30);

    private static final Duration PING_TIMEOUT = Duration.ofSeconds(15);
    /** Bytes in flight before the server waits for us; the protocol's default of 64 KiB slows large lists. */
    private static final int WINDOW = 4 << 20;

    private final Vertx vertx;

    ApiServerHttp(Vertx vertx) {
        this.vertx = new Multiplexing((VertxInternal) vertx);
    }

    @Override
    public VertxHttpClientBuilder<ApiServerHttp> newBuilder() {
        var builder = new VertxHttpClientBuilder<>(this, vertx);
        builder.addOrReplaceInterceptor(AsciiWatches.class.getName(), new AsciiWatches());
        return builder;
    }

    /** The builder of the Kubernetes client has no way to choose the protocol; it asks this for its HTTP client. */
    private static final class Multiplexing extends VertxWrapper {
        Multiplexing(VertxInternal vertx) {
            super(vertx);
        }

        @Override
        public HttpClient createHttpClient(HttpClientOptions options) {
            if (!options.isSsl() || options.getProtocolVersion() != HttpVersion.HTTP_1_1) {
                return delegate.createHttpClient(options);
            }
            options.setProtocolVersion(HttpVersion.HTTP_2)
                    .setUseAlpn(true)
                    .setTcpKeepAlive(true)
                    .setHttp2ConnectionWindowSize(WINDOW)
                    .setSslEngineOptions(new Alpn((JdkSSLEngineOptions) options.getSslEngineOptions()));
            options.getInitialSettings().setInitialWindowSize(WINDOW);
            return delegate.httpClientBuilder()
                    .with(options)
                    .withConnectHandler(this::watchOver)
                    .build();
        }

        /** Without this a connection that died silently would be used until TCP gives up, a quarter of an hour. */
        private void watchOver(HttpConnection connection) {
            var data = Buffer.buffer(new byte[Long.BYTES]);
            var timer = delegate.setPeriodic(PING_INTERVAL.toMillis(), tick -> connection
                    .ping(data)
                    .timeout(PING_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .onFailure(silent -> {
                        LOG.warn("The API server does not answer; connecting anew");
                        connection.close();
                    }));
            connection.closeHandler(closed -> delegate.cancelTimer(timer));
        }
    }

    /** The client's TLS settings with protocol negotiation. */
    private static final class Alpn extends JdkSSLEngineOptions {
        private final JdkSSLEngineOptions tls;

        Alpn(JdkSSLEngineOptions tls) {
            this.tls = tls;
        }

        @Override
        public JdkSSLEngineOptions copy() {
            return this;
        }

        @Override
        public SslContextFactory sslContextFactory() {
            return () -> new JdkSslContext(
                    ((JdkSslContext) tls.sslContextFactory().create()).context(),
                    true,
                    null,
                    IdentityCipherSuiteFilter.INSTANCE,
                    new ApplicationProtocolConfig(
                            Protocol.ALPN,
                            SelectorFailureBehavior.NO_ADVERTISE,
                            SelectedListenerFailureBehavior.ACCEPT,
                            ApplicationProtocolNames.HTTP_2,
                            ApplicationProtocolNames.HTTP_1_1),
                    ClientAuth.NONE,
                    null,
                    false);
        }
    }
}
