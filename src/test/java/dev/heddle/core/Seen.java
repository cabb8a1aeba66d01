package dev.heddle.core;

import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.cluster.ClusterObservation;
import dev.heddle.core.cluster.Credentials;
import dev.heddle.core.cluster.LiveCluster;
import dev.heddle.core.cluster.OptionalKinds;
import dev.heddle.core.cluster.References;
import dev.heddle.core.cluster.WeaviateReport;
import dev.heddle.core.common.Finding;
import dev.heddle.core.gpu.GpuInventory;
import dev.heddle.core.storage.Disks;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** An observation under construction: nothing lives, every kind is known, nobody asked Weaviate. */
public final class Seen {
    private final WeaviateClusterSpec spec;
    private final List<Finding> findings = new ArrayList<>();
    private final Map<String, Secret> secrets = new TreeMap<>();
    private final Map<String, Deployment> deployments = new TreeMap<>();
    private final Map<String, List<Pod>> modulePods = new TreeMap<>();
    private final List<Pod> pods = new ArrayList<>();
    private final List<PersistentVolumeClaim> claims = new ArrayList<>();
    private final List<Event> warnings = new ArrayList<>();
    private Credentials credentials = Samples.CREDENTIALS;
    private Optional<StatefulSet> statefulSet = Optional.empty();
    private Optional<GpuInventory> gpus = Optional.empty();
    private Set<String> kinds = OptionalKinds.ALL;
    private Disks disks = Disks.notRead();
    private WeaviateReport weaviate = new WeaviateReport.NotAsked();

    public Seen(WeaviateClusterSpec spec) {
        this.spec = spec;
    }

    public WeaviateClusterSpec spec() {
        return spec;
    }

    public Seen with(Finding finding) {
        findings.add(finding);
        return this;
    }

    public Seen with(Secret secret) {
        secrets.put(secret.getMetadata().getName(), secret);
        return this;
    }

    public Seen with(StatefulSet live) {
        statefulSet = Optional.of(live);
        return this;
    }

    public Seen with(String module, Deployment deployment) {
        deployments.put(module, deployment);
        return this;
    }

    public Seen with(String module, Pod pod) {
        modulePods.computeIfAbsent(module, name -> new ArrayList<>()).add(pod);
        return this;
    }

    public Seen with(Pod pod) {
        pods.add(pod);
        return this;
    }

    public Seen with(PersistentVolumeClaim claim) {
        claims.add(claim);
        return this;
    }

    public Seen with(Event warning) {
        warnings.add(warning);
        return this;
    }

    public Seen with(Credentials known) {
        credentials = known;
        return this;
    }

    public Seen with(GpuInventory inventory) {
        gpus = Optional.of(inventory);
        return this;
    }

    public Seen with(Set<String> known) {
        kinds = known;
        return this;
    }

    public Seen with(WeaviateReport report) {
        weaviate = report;
        return this;
    }

    public Seen with(Disks measured) {
        disks = measured;
        return this;
    }

    public ClusterObservation build() {
        return new ClusterObservation(
                spec,
                List.copyOf(findings),
                new References(Map.copyOf(secrets), Map.of()),
                credentials,
                new LiveCluster(
                        statefulSet,
                        List.copyOf(pods),
                        List.copyOf(claims),
                        deployments,
                        modulePods,
                        List.copyOf(warnings)),
                gpus,
                kinds,
                weaviate,
                disks);
    }
}
