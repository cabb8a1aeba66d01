package dev.heddle.core.migrationjob;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.migration.MigrationPlan.Transport;
import dev.heddle.core.migrationjob.MigrationSides.Content;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MigrationSidesTest {
    private static final String TARGET = "target: {clusterRef: {name: stg}}";

    private static MigrationSides of(
            String spec, Function<String, Optional<WeaviateCluster>> clusters, Content secrets) {
        return MigrationSides.of(
                Migrations.of(spec), new MigrationSides.Around("cluster.local", clusters, _ -> secrets));
    }

    @Test
    void reachesItsOwnClustersByTheirServices() {
        var side = Migrations.sides(Migrations.of(Migrations.CLUSTERS)).source();

        assertThat(side.plan().url()).isEqualTo("http://dev.shop.svc.cluster.local:80");
        assertThat(side.plan().grpcUrl()).isEqualTo("http://dev.shop.svc.cluster.local:50051");
        assertThat(side.plan().type()).isEqualTo(Transport.GRPC);
        assertThat(side.plan().apiKeyFile()).isEqualTo("/etc/heddle/source/api-key");
        assertThat(side.files().get("api-key").name()).isEqualTo("dev-auth");
        assertThat(side.files().get("api-key").key()).isEqualTo("operator-api-key");
        assertThat(side.words()).isEqualTo("cluster dev");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{host: 'https://a.example.com:6339', type: grpc} | https://a.example.com:6339 | https://a.example.com:6339 | GRPC",
                "{host: a.example.com, type: grpc} | https://a.example.com:443 | https://a.example.com:443 | GRPC",
                "{host: 'http://a.example.com:50051/', type: grpc, restHost: 'http://a.example.com:8080'} | http://a.example.com:8080 | http://a.example.com:50051 | GRPC",
                "{host: 'a.example.com:6443', type: https} | https://a.example.com:6443 | | HTTPS",
                "{host: a.example.com, type: http} | http://a.example.com:80 | | HTTP",
                "{host: '[2001:db8::1]', type: https} | https://[2001:db8::1]:443 | | HTTPS",
                "{host: 'https://[2001:db8::1]:8443', type: https} | https://[2001:db8::1]:8443 | | HTTPS"
            })
    void understandsAddresses(String source, String url, String grpc, Transport type) {
        var side = Migrations.sides(Migrations.of("source: " + source + "\n  " + TARGET))
                .source();

        assertThat(side.plan().url()).isEqualTo(url);
        assertThat(side.plan().grpcUrl()).isEqualTo(grpc == null ? "" : grpc);
        assertThat(side.plan().type()).isEqualTo(type);
        assertThat(side.plan().apiKeyFile()).isEmpty();
        assertThat(side.files()).isEmpty();
    }

    @Test
    void takesKeysAndAuthoritiesFromSecrets() {
        var side = Migrations.sides(Migrations.of("""
                source: {host: a.example.com, type: https, apiKeySecretRef: {name: k, key: key}, tls: {caSecretRef: {name: c, key: crt}}}
                  target: {host: b.example.com, type: https, tls: {insecureSkipVerify: true}}"""));

        assertThat(side.source().plan().apiKeyFile()).isEqualTo("/etc/heddle/source/api-key");
        assertThat(side.source().plan().caFile()).isEqualTo("/etc/heddle/source/ca.crt");
        assertThat(side.source().plan().insecure()).isFalse();
        assertThat(side.target().plan().insecure()).isTrue();
        assertThat(side.secrets()).containsExactly("c", "k");
        assertThat(side.obstacles()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{clusterRef: {name: dev, namespace: other}} | OtherNamespace | spec.source.clusterRef.namespace is other",
                "{clusterRef: {name: nowhere}} | ClusterNotFound | no WeaviateCluster nowhere in namespace shop",
                "{host: 'http://stg.shop.svc.cluster.local', type: http} | SameWeaviate | the same Weaviate"
            })
    void saysWhatOnlyAPersonCanMend(String source, String reason, String words) {
        var sides = Migrations.sides(Migrations.of("source: " + source + "\n  " + TARGET));

        assertThat(sides.obstacles()).singleElement().satisfies(found -> {
            assertThat(found.reason()).isEqualTo(reason);
            assertThat(found.message()).contains(words);
            assertThat(found.passes()).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "', adopt: {statefulSet: old}', ClusterAdopted, false",
        "', serviceMesh: {enabled: true, type: istio, mTLS: true}', ClusterInMesh, false",
        "', serviceMesh: {enabled: true, type: istio}', , "
    })
    void takesOnlyClustersThatAJobReaches(String more, String reason, Boolean passes) {
        var obstacles = of(
                        Migrations.CLUSTERS,
                        name -> Optional.of(Migrations.cluster(name, name.equals("dev") ? more : "")),
                        Content.THERE)
                .obstacles();

        if (reason == null) {
            assertThat(obstacles).isEmpty();
        } else {
            assertThat(obstacles).singleElement().satisfies(found -> {
                assertThat(found.reason()).isEqualTo(reason);
                assertThat(found.passes()).isEqualTo(passes);
            });
        }
    }

    @Test
    void waitsForAClusterThatIsNotReady() {
        var obstacles = of(
                        Migrations.CLUSTERS,
                        name -> {
                            var cluster = Migrations.cluster(name, "");
                            cluster.setStatus(null);
                            return Optional.of(cluster);
                        },
                        Content.THERE)
                .obstacles();

        assertThat(obstacles).hasSize(2).allSatisfy(found -> {
            assertThat(found.reason()).isEqualTo("ClusterNotReady");
            assertThat(found.passes()).isTrue();
        });
    }

    @ParameterizedTest
    @CsvSource({"NO_SECRET, SecretNotFound", "NO_KEY, SecretKeyNotFound"})
    void looksForKeys(Content content, String reason) {
        var spec = "source: {host: a.example.com, type: https, apiKeySecretRef: {name: k, key: key}}\n"
                + "  target: {host: b.example.com, type: https}";

        assertThat(of(spec, _ -> Optional.empty(), content).obstacles())
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.reason()).isEqualTo(reason);
                    assertThat(found.message()).contains("spec.source").contains("Secret k");
                });
    }

    @Test
    void namesWhatOnlyAPersonCanMendFirst() {
        var migration = Migrations.of(Migrations.CLUSTERS);
        var sides = of(
                Migrations.CLUSTERS,
                name -> Optional.of(name).filter("dev"::equals).map(found -> {
                    var cluster = Migrations.cluster(found, "");
                    cluster.setStatus(null);
                    return cluster;
                }),
                Content.THERE);

        assertThat(MigrationJob.obstacle(migration.getSpec(), sides, Migrations.IMAGE))
                .hasValueSatisfying(found -> assertThat(found.reason()).isEqualTo("ClusterNotFound"));
        var nameless = new JobImage(Optional.empty(), Optional.empty(), List.of());
        assertThat(MigrationJob.obstacle(migration.getSpec(), sides, nameless))
                .hasValueSatisfying(found -> assertThat(found.reason()).isEqualTo("OperatorImageUnknown"));
    }
}
