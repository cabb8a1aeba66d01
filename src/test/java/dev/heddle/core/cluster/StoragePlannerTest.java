package dev.heddle.core.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import dev.heddle.api.weaviate.v1.ClusterPhase;
import dev.heddle.api.weaviate.v1.WeaviateClusterStatus;
import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.cluster.WeaviateReport.Node;
import dev.heddle.core.cluster.WeaviateReport.Shard;
import dev.heddle.core.common.Finding;
import dev.heddle.core.storage.Disks;
import dev.heddle.core.storage.Disks.Usage;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.apps.StatefulSetBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoragePlannerTest {
    private static final long FULL = 50;
    private static final long ROOMY = 500;

    private final List<Finding> findings = new ArrayList<>();
    private boolean pressed;

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "                                                       | 10Gi | ",
                "size: 10240Mi                                          | 10Gi | ",
                "size: 20Gi                                             | 20Gi | ",
                "size: 5Gi                                              | 10Gi | asks for 5Gi; the volumes have 10Gi",
                "size: 5Gi, autoResize: {limit: 50Gi}                   | 10Gi | ",
                "storageClassName: slow                                 | 10Gi | ",
                "storageClassName: fast                                 | 10Gi | asks for class fast; the volumes have class slow",
                "volumeClaimTemplate: {accessModes: [ReadWriteOncePod]} | 10Gi | asks for access modes [ReadWriteOncePod]; the volumes have [ReadWriteOnce]",
            })
    void growsAndKeepsTheRest(String storage, String target, String refusal) {
        var spec = "storage: {%s}".formatted(storage == null ? "" : storage);
        for (var seen : List.of(
                seen(spec).with(set("10Gi")).with(claim("10Gi", "10Gi")),
                seen(spec).with(claim("10Gi", "10Gi")))) {
            findings.clear();

            var plan = plan(seen);

            assertThat(plan.resize().target()).isEqualTo(target);
            assertThat(plan.storageClass()).contains("slow");
            assertThat(plan.accessModes()).containsExactly("ReadWriteOnce");
            assertThat(findings).hasSize(refusal == null ? 0 : 1).allSatisfy(finding -> {
                assertThat(finding.reason()).isEqualTo("StorageChangeRefused");
                assertThat(finding.message()).contains(refusal);
            });
        }
    }

    @Test
    void writesTheOldTemplateUntilTheStatefulSetIsGone() {
        var claim = claim("20Gi", "20Gi");

        assertThat(plan(seen("storage: {size: 20Gi}").with(set("10Gi")).with(claim))
                        .size())
                .isEqualTo("10Gi");
        assertThat(plan(seen("storage: {size: 20Gi}").with(claim)).size()).isEqualTo("20Gi");
        assertThat(plan(seen("storage: {size: 20Gi}")).size()).isEqualTo("20Gi");
    }

    @Test
    void findsAFractionUnchanged() {
        var plan = plan(seen("storage: {size: 1.1Gi}").with(set("1181116006400m")));

        assertThat(plan.size()).isEqualTo("1181116006400m");
        assertThat(plan.operation()).isEmpty();
        assertThat(findings).isEmpty();
    }

    @Test
    void takesTheSpecForANewCluster() {
        var made = new StoragePlan.MadeClass("made", "csi", Map.of());
        var cloud = new CloudPlan(List.of(), List.of(), Map.of(), Map.of(), Optional.of(made));

        var plan = new StoragePlanner(Samples.NAMES, seen("").build(), Optional.empty(), findings::add).plan(cloud, 1);

        assertThat(plan.size()).isEqualTo("10Gi");
        assertThat(plan.storageClass()).contains("made");
        assertThat(plan.made()).contains(made);
        assertThat(findings).isEmpty();
    }

    @Test
    void growsByFreeSpace() {
        var spec = "storage: {autoResize: {limit: 50Gi}}";

        var plan = plan(seen(spec).with(set("10Gi")).with(claim("10Gi", "10Gi")).with(disk(FULL)));

        assertThat(plan.resize().target()).isEqualTo("12Gi");
        assertThat(plan.operation().orElseThrow().phase()).isEqualTo(ClusterPhase.RESIZING);
        assertThat(plan(seen(spec).with(set("10Gi")).with(claim("10Gi", "10Gi")).with(disk(ROOMY)))
                        .operation())
                .isEmpty();
        assertThat(plan(seen(spec).with(set("10Gi")).with(claim("11Gi", "10Gi")).with(disk(FULL)))
                        .resize()
                        .target())
                .as("one growth at a time")
                .isEqualTo("11Gi");
        assertThat(findings).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', 'Raise spec.storage.size, or let'",
        "'autoResize: {limit: 50Gi}', 'Raise spec.storage.size above 10Gi'",
        "'autoResize: {limit: 10240Mi}', 'spec.storage.autoResize.limit of 10240Mi is reached: raise that.'",
    })
    void saysWhichFieldMakesRoom(String more, String words) {
        plan(seen("storage: {%s}".formatted(more))
                .with(set("10Gi"))
                .with(claim("10Gi", "10Gi"))
                .with(readOnly()));

        assertThat(findings).singleElement().satisfies(finding -> assertThat(finding.message())
                .contains(words));
    }

    @Test
    void saysWhyNothingGrows() {
        var limited = seen("storage: {autoResize: {limit: 10Gi}}").with(set("10Gi"));
        plan(limited.with(claim("10Gi", "10Gi")).with(disk(FULL)));
        plan(seen("storage: {autoResize: {limit: 50Gi}}")
                .with(set("10Gi"))
                .with(new Disks(Map.of(), Optional.of("kubelet is away."))));

        assertThat(Samples.reasons(findings)).containsExactly("LimitReached", "StatisticsUnavailable");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        // what                                         known free, pressure before, asks/has, template, says, sets
        // ready
        "full and known,                                50,  false, 10Gi/10Gi, 10Gi, true,  false",
        "not known,                                     -1,  false, 10Gi/10Gi, 10Gi, true,  false",
        "a user's own: there was room all the time,     500, false, 10Gi/10Gi, 10Gi, false, false",
        "room again,                                    500, true,  10Gi/10Gi, 10Gi, true,  true",
        "still full,                                    50,  true,  10Gi/10Gi, 10Gi, true,  false",
        "not known any more,                            -1,  true,  10Gi/10Gi, 10Gi, true,  false",
        "growing,                                       50,  true,  20Gi/10Gi, 10Gi, true,  false",
        "grown but for the template,                    -1,  true,  20Gi/20Gi, 10Gi, true,  true",
        "grown and the template too,                    -1,  true,  20Gi/20Gi, 20Gi, true,  false",
    })
    void setsShardsReadyWhenThereIsRoom(org.junit.jupiter.params.aggregator.ArgumentsAccessor given) {
        pressed = given.getBoolean(2);
        var sizes = given.getString(3).split("/");
        var seen = seen("storage: {size: %s}".formatted(sizes[0]))
                .with(set(given.getString(4)))
                .with(claim(sizes[0], sizes[1]))
                .with(readOnly());
        if (given.getLong(1) >= 0) {
            seen.with(disk(given.getLong(1)));
        }

        var plan = plan(seen);

        assertThat(Samples.reasons(findings)).isEqualTo(given.getBoolean(5) ? List.of("ShardsReadOnly") : List.of());
        assertThat(plan.recovering()).isEqualTo(given.getBoolean(6) ? List.of(new Shard("Books", "s1")) : List.of());
    }

    @Test
    void saysHowFarTheRecoveryIs() {
        for (var has : List.of("10Gi", "20Gi")) {
            plan(seen("storage: {size: 20Gi}")
                    .with(set("10Gi"))
                    .with(claim("20Gi", has))
                    .with(readOnly()));
        }
        assertThat(findings)
                .extracting(Finding::message)
                .satisfiesExactly(
                        growing -> assertThat(growing).endsWith("The volumes are growing."),
                        grown -> assertThat(grown).endsWith("Weaviate is told to take writes again."));
    }

    @Test
    void goesByTheUsersOwnThreshold() {
        pressed = true;
        var spec = "env: [{name: DISK_USE_READONLY_PERCENTAGE, value: '40'}]";
        var seen = seen(spec).with(set("10Gi")).with(claim("10Gi", "10Gi")).with(readOnly());

        assertThat(plan(seen.with(disk(ROOMY))).recovering()).isEmpty();
    }

    private StoragePlan plan(Seen seen) {
        var condition = new ConditionBuilder()
                .withType("DiskPressure")
                .withStatus("True")
                .build();
        var status = new WeaviateClusterStatus(
                null, null, null, null, null, null, null, null, null, null, null, null, null, List.of(condition));
        return new StoragePlanner(
                        Samples.NAMES, seen.build(), pressed ? Optional.of(status) : Optional.empty(), findings::add)
                .plan(CloudPlan.none(), 1);
    }

    private static Seen seen(String spec) {
        return new Seen(Samples.spec(spec));
    }

    private static WeaviateReport readOnly() {
        var shards = List.of(new Shard("Books", "s1"));
        return new WeaviateReport.Answered(
                List.of(new Node("db-0", "1.35.2", "HEALTHY", 1, 1, shards, false)), List.of());
    }

    /** @param free of 1000 */
    private static Disks disk(long free) {
        return new Disks(Map.of("data-db-0", new Usage(1000, free)), Optional.empty());
    }

    private static PersistentVolumeClaim claim(String asked, String capacity) {
        return new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("data-db-0")
                .endMetadata()
                .withNewSpec()
                .withAccessModes("ReadWriteOnce")
                .withStorageClassName("slow")
                .withNewResources()
                .addToRequests("storage", new Quantity(asked))
                .endResources()
                .endSpec()
                .withNewStatus()
                .addToCapacity("storage", new Quantity(capacity))
                .endStatus()
                .build();
    }

    private static StatefulSet set(String size) {
        return new StatefulSetBuilder()
                .withNewSpec()
                .withVolumeClaimTemplates(claim(size, size))
                .endSpec()
                .build();
    }
}
