package dev.heddle.config;

import dev.heddle.core.cluster.Settings;
import dev.heddle.core.migrationjob.JobImage;
import dev.heddle.migrate.ObjectTransport;
import dev.heddle.migrate.grpc.GrpcTransport;
import dev.heddle.prometheus.HttpPrometheusApi;
import dev.heddle.prometheus.PrometheusApi;
import dev.heddle.registry.Addresses;
import dev.heddle.registry.HttpRegistry;
import dev.heddle.registry.Registry;
import dev.heddle.weaviate.HttpWeaviateApi;
import dev.heddle.weaviate.HttpWeaviateBackups;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.javaoperatorsdk.operator.api.monitoring.Metrics;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What others get injected. */
@ApplicationScoped
public class OperatorBeans {

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    Settings settings(
            OperatorConfig config,
            @ConfigProperty(name = "quarkus.operator-sdk.namespaces", defaultValue = "JOSDK_ALL_NAMESPACES")
                    String namespaces) {
        return new Settings(
                config.namespace().orElse(""),
                config.clusterDomain(),
                config.clusterWide().orElse(namespaces.equals("JOSDK_ALL_NAMESPACES")),
                CatalogSource.read());
    }

    @Produces
    @Singleton
    JobImage image(OperatorConfig config) {
        return new JobImage(
                config.operatorImage().filter(image -> !image.isBlank()),
                config.operatorImagePullPolicy().filter(policy -> !policy.isBlank()),
                config.operatorImagePullSecrets().orElse(List.of()));
    }

    @Produces
    @Singleton
    CatalogSource catalog(OperatorConfig config, Clock clock) {
        return new CatalogSource(
                config.catalogFile().filter(file -> !file.isBlank()).map(Path::of), clock);
    }

    @Produces
    @Singleton
    KubernetesClient kubernetes(Config config, KubernetesSerialization serialization, Vertx vertx) {
        config.setOnlyHttpWatches(true);
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withKubernetesSerialization(serialization)
                .withHttpClientFactory(new ApiServerHttp(vertx))
                .build();
    }

    void close(@Disposes KubernetesClient client) {
        client.close();
    }

    @Produces
    @Singleton
    HttpWeaviateApi weaviate(Vertx vertx, OperatorConfig config, MeterRegistry meters) {
        return new HttpWeaviateApi(vertx, config.weaviateTimeout(), meters);
    }

    /** As patient as REST. Made only where it is asked for, by a migration. */
    @Produces
    @Singleton
    ObjectTransport grpc(Vertx vertx) {
        return new GrpcTransport(vertx, Duration.ofSeconds(60));
    }

    @Produces
    @Singleton
    HttpWeaviateBackups backups(Vertx vertx, OperatorConfig config, MeterRegistry meters) {
        return new HttpWeaviateBackups(vertx, config.weaviateTimeout(), meters);
    }

    @Produces
    @Singleton
    PrometheusApi prometheus(Vertx vertx, OperatorConfig config) {
        return new HttpPrometheusApi(vertx, config.weaviateTimeout());
    }

    @Produces
    @Singleton
    Registry registry(Vertx vertx, OperatorConfig config, Clock clock) {
        return new HttpRegistry(
                vertx, Addresses.of(config.registries().orElse(List.of())), config.registryTimeout(), clock);
    }

    /** Without a series for every resource, of which there may be thousands. */
    @Produces
    @Singleton
    Metrics metrics(MeterRegistry meters) {
        return MicrometerMetrics.withoutPerResourceMetrics(meters);
    }
}
