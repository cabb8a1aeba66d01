package dev.heddle.core.adoption;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.weaviate.v1.ImageSpec;
import dev.heddle.api.weaviate.v1.WeaviateClusterSpec;
import dev.heddle.core.common.Finding;
import dev.heddle.core.common.Finding.Topic;
import dev.heddle.core.status.PodTrouble;
import dev.heddle.core.version.Constraint;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.semver4j.Semver;

/**
 * Decides what becomes of an adopted cluster. It keeps all that its chart set; carried out are a larger number of nodes
 * and a later version, which the StatefulSet's own rolling update brings to one pod after the other.
 */
public final class AdoptedPlanner {
    private AdoptedPlanner() {}

    /** @param serving whether it is healthy now; nothing is begun while it is not */
    public static AdoptedPlan plan(
            WeaviateClusterSpec spec, StatefulSet live, AdoptedObservation seen, boolean serving) {
        var findings = new ArrayList<Finding>();
        var running = ChartStatefulSet.version(live).orElse(spec.version());
        var image = ChartStatefulSet.container(live).map(Container::getImage).orElse("");
        var version = version(spec.version(), running, seen, serving, findings);
        var target = version.equals(running) ? image : image(spec, image, version);
        if (target.isEmpty()) {
            findings.add(new Finding(
                    Topic.SPEC,
                    "DigestMissing",
                    "spec.image.digests has no digest of %s; %s is kept.".formatted(version, running)));
            version = running;
            target = image;
        }
        ignored(spec).ifPresent(findings::add);
        return new AdoptedPlan(live, replicas(spec, live, findings), version, target, List.copyOf(findings));
    }

    private static int replicas(WeaviateClusterSpec spec, StatefulSet live, List<Finding> findings) {
        int now = requireNonNullElse(live.getSpec().getReplicas(), 1);
        int wanted = requireNonNullElse(spec.replicas(), now);
        if (wanted < now) {
            findings.add(new Finding(
                    Topic.SPEC,
                    "ScaleInRefused",
                    "spec.replicas is %d, %d nodes are kept: an adopted cluster does not lose nodes, because its chart does not switch on the moving of shards."
                            .formatted(wanted, now)));
        }
        return Math.max(wanted, now);
    }

    private static String version(
            String wanted, String running, AdoptedObservation seen, boolean serving, List<Finding> findings) {
        int order = Constraint.BY_AGE.compare(wanted, running);
        if (order == 0) {
            return running;
        }
        var from = Semver.parse(running);
        var to = Semver.parse(wanted);
        boolean sameMinor = from.getMajor() == to.getMajor() && from.getMinor() == to.getMinor();
        boolean nextMinor = from.getMajor() == to.getMajor() && to.getMinor() == from.getMinor() + 1;
        if (order < 0 && (sameMinor || !started(seen))) {
            return wanted;
        }
        if (order < 0) {
            return refused("DowngradeRefused", "Weaviate cannot go back to an older minor.", wanted, running, findings);
        }
        if (!sameMinor && !nextMinor) {
            return refused("MinorSkipped", "Weaviate goes one minor at a time.", wanted, running, findings);
        }
        return serving ? wanted : running;
    }

    private static String refused(String reason, String why, String wanted, String running, List<Finding> findings) {
        findings.add(new Finding(
                Topic.SPEC, reason, "spec.version is %s, %s runs and is kept: %s".formatted(wanted, running, why)));
        return running;
    }

    /** Whether a pod of the newest revision serves: then data may have the newer form. */
    private static boolean started(AdoptedObservation seen) {
        var newest = seen.set().map(set -> set.getStatus()).map(status -> status.getUpdateRevision());
        return newest.isEmpty()
                || seen.pods().stream()
                        .filter(PodTrouble::ready)
                        .anyMatch(pod -> newest.equals(Optional.ofNullable(
                                pod.getMetadata().getLabels().get("controller-revision-hash"))));
    }

    /** Empty when digests are given, and none for this version. */
    private static String image(WeaviateClusterSpec spec, String live, String version) {
        var own = Optional.ofNullable(spec.image());
        var bare = live.replaceFirst("@.*$", "");
        var repository = own.map(ImageSpec::repository).orElse(bare.substring(0, bare.lastIndexOf(':')));
        var digests = own.map(ImageSpec::digests).orElse(Map.of());
        if (digests.isEmpty()) {
            return repository + ":" + version;
        }
        return digests.containsKey(version) ? repository + ":" + version + "@" + digests.get(version) : "";
    }

    private static Optional<Finding> ignored(WeaviateClusterSpec spec) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("resources", spec.resources());
        fields.put("storage", spec.storage());
        fields.put("autoScaling", spec.autoScaling());
        fields.put("rebalance", spec.rebalance());
        fields.put("scaleIn", spec.scaleIn());
        fields.put("modules", spec.modules());
        fields.put("gpu", spec.gpu());
        fields.put("scheduling", spec.scheduling());
        fields.put("auth", spec.auth());
        fields.put("cloudProvider", spec.cloudProvider());
        fields.put("serviceMesh", spec.serviceMesh());
        fields.put("backup", spec.backup());
        fields.put("upgrade", spec.upgrade());
        fields.put("monitoring", spec.monitoring());
        fields.put("networkPolicy", spec.networkPolicy());
        fields.put("access", spec.access());
        fields.put("env", spec.env());
        fields.put("podAnnotations", spec.podAnnotations());
        fields.put("podLabels", spec.podLabels());
        fields.put("serviceAccountName", spec.serviceAccountName());
        fields.put("service", spec.service());
        fields.values().removeIf(Objects::isNull);
        return fields.isEmpty()
                ? Optional.empty()
                : Optional.of(new Finding(
                        Topic.NOT_YET_SUPPORTED,
                        "AdoptedAsItIs",
                        "An adopted cluster keeps what its chart set. Not carried out: %s."
                                .formatted(String.join(
                                        ", ",
                                        fields.keySet().stream()
                                                .map(name -> "spec." + name)
                                                .toList()))));
    }
}
