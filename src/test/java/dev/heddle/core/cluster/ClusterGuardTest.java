package dev.heddle.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.core.Samples;
import dev.heddle.core.common.Finding;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClusterGuardTest {
    private final List<Finding> findings = new ArrayList<>();

    /** What the API server stores, by the rules of apimachinery's Quantity. */
    @ParameterizedTest(name = "{0} is stored as {1}")
    @CsvSource({
        "10Gi, 10Gi",
        "1024Mi, 1Gi",
        "10240Mi, 10Gi",
        "1.5Gi, 1536Mi",
        "0.5Gi, 512Mi",
        "1536Mi, 1536Mi",
        "1024Ki, 1Mi",
        "1Ki, 1Ki",
        "0.5Ki, 512",
        "1024Gi, 1Ti",
        "1025Gi, 1025Gi",
        "1024Ti, 1Pi",
        "10G, 10G",
        "1000M, 1G",
        "1500M, 1500M",
        "1.5G, 1500M",
        "1000k, 1M",
        "1000, 1k",
        "1024, 1024",
        "1, 1",
        "1000m, 1",
        "1500m, 1500m",
        "0.5, 500m",
        "0, 0",
        "010Gi, 10Gi",
        "100000000000, 100G",
        "1.1Gi, 1181116006400m",
        "0.1Gi, 107374182400m",
        "2.2Ti, 2418925581107200m",
    })
    void writesQuantitiesAsTheyAreStored(String given, String stored) {
        assertThat(ClusterGuard.canonical(given)).isEqualTo(stored);
        assertThat(ClusterGuard.canonical(stored)).isEqualTo(stored);
        assertThat(new Quantity(stored).getNumericalAmount())
                .isEqualByComparingTo(new Quantity(given).getNumericalAmount());
    }

    @ParameterizedTest(name = "wanted {0}, runs {1}: {2}")
    @CsvSource({
        "1.35.2, , 1.35.2, false",
        "1.35.2, 1.35.2, 1.35.2, false",
        "1.36.0, 1.35.2, 1.35.2, true",
        "1.34.0, 1.35.2, 1.35.2, true",
        "1.35.3, 1.35.2, 1.35.2, true",
    })
    void keepsTheRunningVersion(String wanted, String running, String kept, boolean refused) {
        var spec = Samples.spec(Map.of("version", wanted));

        assertThat(ClusterGuard.version(spec, Optional.ofNullable(running), findings::add))
                .isEqualTo(kept);
        assertThat(Samples.reasons(findings)).isEqualTo(refused ? List.of("UpgradeNotYetSupported") : List.of());
    }

    @ParameterizedTest(name = "wanted {0} of {1}")
    @CsvSource({
        "10Gi, , false",
        "10240Mi, , false",
        "20Gi, , true",
        "5Gi, , true",
        "10Gi, other, true",
    })
    void keepsTheClaimsAsTheyAre(String size, String storageClass, boolean refused) {
        var spec = Samples.spec("storage: {size: %s%s}"
                .formatted(size, storageClass == null ? "" : ", storageClassName: " + storageClass));

        var kept = ClusterGuard.storage(spec, CloudPlan.none(), live("10Gi", null), findings::add);

        assertThat(kept.size()).isEqualTo("10Gi");
        assertThat(kept.storageClass()).isEmpty();
        assertThat(Samples.reasons(findings)).isEqualTo(refused ? List.of("StorageChangeNotYetSupported") : List.of());
    }

    @Test
    void findsAFractionUnchanged() {
        var kept = ClusterGuard.storage(
                Samples.spec("storage: {size: 1.1Gi}"), CloudPlan.none(), live("1181116006400m", null), findings::add);

        assertThat(kept.size()).isEqualTo("1181116006400m");
        assertThat(findings).isEmpty();
    }

    @Test
    void namesBothSidesOfARefusedChange() {
        var spec = Samples.spec(
                "storage: {size: 20Gi, storageClassName: fast, volumeClaimTemplate: {accessModes: [ReadWriteOncePod]}}");

        ClusterGuard.storage(spec, CloudPlan.none(), live("10Gi", "slow"), findings::add);

        assertThat(findings.getFirst().message())
                .contains("20Gi, class fast, [ReadWriteOncePod]")
                .contains("10Gi, class slow, [ReadWriteOnce]");
    }

    @Test
    void takesTheSpecForANewCluster() {
        var made = new StoragePlan.MadeClass("made", "csi", Map.of());
        var cloud = new CloudPlan(List.of(), List.of(), Map.of(), Map.of(), Optional.of(made));

        var plan = ClusterGuard.storage(Samples.spec(""), cloud, LiveCluster.none(), findings::add);

        assertThat(plan)
                .isEqualTo(new StoragePlan("10Gi", Optional.of("made"), List.of("ReadWriteOnce"), Optional.of(made)));
        assertThat(findings).isEmpty();
    }

    private static LiveCluster live(String size, String storageClass) {
        var set = new StatefulSetBuilder()
                .withNewSpec()
                .addNewVolumeClaimTemplate()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName(storageClass)
                .withNewResources()
                .addToRequests("storage", new Quantity(size))
                .endResources()
                .endSpec()
                .endVolumeClaimTemplate()
                .endSpec()
                .build();
        return new LiveCluster(Optional.of(set), List.of(), List.of(), Map.of(), Map.of(), List.of());
    }
}
