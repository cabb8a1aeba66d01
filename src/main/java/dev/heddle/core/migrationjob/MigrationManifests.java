package dev.heddle.core.migrationjob;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import dev.heddle.core.manifest.Security;
import dev.heddle.core.migration.MigrationProgress.Outcome;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicy;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRule;
import io.fabric8.kubernetes.api.model.batch.v1.PodFailurePolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Kubernetes objects of a migration. */
public final class MigrationManifests {
    /** Annotation of a Job: digest of what it was made for. */
    public static final String DIGEST = "heddle.dev/migration-digest";

    static final String CONTAINER = "migrate";
    private static final String PLAN_DIRECTORY = "/etc/heddle/plan";
    private static final String PLAN_FILE = "plan.json";
    /** The command stops by itself when its time is over; what it says then is worth waiting for. */
    private static final long LAST_WORDS = 30;
    /** Whoever the container runs as reads it, and nobody writes. */
    private static final int READABLE = 0444;

    private MigrationManifests() {}

    /** What has to be there before the Job, in this order. @param plan in JSON */
    public static List<HasMetadata> surroundings(MigrationJob job, String plan) {
        var names = job.names();
        var account = names.account();
        return List.of(
                configMap(job, names.plan(), Map.of(PLAN_FILE, plan)),
                configMap(job, names.progress(), Map.of()),
                new ServiceAccountBuilder()
                        .withMetadata(metadata(job, account))
                        .withAutomountServiceAccountToken(false)
                        .build(),
                new RoleBuilder()
                        .withMetadata(metadata(job, account))
                        .addNewRule()
                        .withApiGroups("")
                        .withResources("configmaps")
                        .withResourceNames(names.progress())
                        .withVerbs("get", "patch")
                        .endRule()
                        .build(),
                new RoleBindingBuilder()
                        .withMetadata(metadata(job, account))
                        .withNewRoleRef("rbac.authorization.k8s.io", "Role", account)
                        .addNewSubject()
                        .withKind("ServiceAccount")
                        .withNamespace(names.namespace())
                        .withName(account)
                        .endSubject()
                        .build());
    }

    public static Job job(MigrationJob job) {
        return new JobBuilder()
                .withMetadata(new ObjectMetaBuilder(metadata(job, job.names().job()))
                        .addToAnnotations(DIGEST, job.digest())
                        .build())
                .withNewSpec()
                .withBackoffLimit(MigrationDefaults.retries(job.spec()))
                .withActiveDeadlineSeconds(Math.max(1, job.limit().toSeconds()) + LAST_WORDS)
                .withPodFailurePolicy(failures())
                .withNewTemplate()
                // A sidecar of a service mesh would outlive the command, and the Job would never be complete.
                .withNewMetadata()
                .withLabels(job.names().labels())
                .addToLabels("sidecar.istio.io/inject", "false")
                .addToAnnotations("linkerd.io/inject", "disabled")
                .endMetadata()
                .withSpec(pod(job))
                .endTemplate()
                .endSpec()
                .build();
    }

    /**
     * Another pod is of no use where the command knows the end. One that had to make room, or met a side that does not
     * answer, has not failed: the next one goes on, until the time is over.
     */
    private static PodFailurePolicy failures() {
        return new PodFailurePolicyBuilder()
                .addNewRule()
                .withAction("Ignore")
                .addNewOnPodCondition()
                .withType("DisruptionTarget")
                .withStatus("True")
                .endOnPodCondition()
                .endRule()
                .addToRules(onExit("FailJob", JobReport.FINAL))
                .addToRules(onExit("Ignore", List.of(Outcome.UNREACHABLE.exitCode(), Outcome.STOPPED)))
                .build();
    }

    private static PodFailurePolicyRule onExit(String action, List<Integer> codes) {
        return new PodFailurePolicyRuleBuilder()
                .withAction(action)
                .withNewOnExitCodes()
                .withContainerName(CONTAINER)
                .withOperator("In")
                .withValues(codes)
                .endOnExitCodes()
                .build();
    }

    private static PodSpec pod(MigrationJob job) {
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withServiceAccountName(job.names().account())
                .withAutomountServiceAccountToken(true)
                .withEnableServiceLinks(false)
                .withImagePullSecrets(job.image().pullSecrets().stream()
                        .map(LocalObjectReference::new)
                        .toList())
                .withTolerations(requireNonNullElse(job.spec().tolerations(), List.of()))
                .withNodeSelector(requireNonNullElse(job.spec().nodeSelector(), Map.of()))
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withContainers(container(job))
                .withVolumes(volumes(job))
                .build();
    }

    private static Container container(MigrationJob job) {
        return new ContainerBuilder()
                .withName(CONTAINER)
                .withImage(job.image().image().orElseThrow())
                .withImagePullPolicy(job.image().pullPolicy().orElse(null))
                .withArgs(
                        "migrate",
                        "--plan",
                        PLAN_DIRECTORY + "/" + PLAN_FILE,
                        "--progress-configmap",
                        job.names().namespace() + "/" + job.names().progress())
                .withResources(MigrationDefaults.resources(job.spec()))
                .withSecurityContext(Security.container(true))
                .withVolumeMounts(mounts(job))
                .build();
    }

    private static List<VolumeMount> mounts(MigrationJob job) {
        var mounts = new ArrayList<VolumeMount>();
        mounts.add(mount("plan", PLAN_DIRECTORY, true));
        mounts.add(mount("tmp", "/tmp", false));
        volume("source", job.sides().source())
                .ifPresent(_ -> mounts.add(mount("source", MigrationSide.directory("source"), true)));
        volume("target", job.sides().target())
                .ifPresent(_ -> mounts.add(mount("target", MigrationSide.directory("target"), true)));
        return mounts;
    }

    private static VolumeMount mount(String name, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(name)
                .withMountPath(path)
                .withReadOnly(readOnly ? true : null)
                .build();
    }

    private static List<Volume> volumes(MigrationJob job) {
        var volumes = new ArrayList<Volume>();
        volumes.add(new VolumeBuilder()
                .withName("plan")
                .withNewConfigMap()
                .withName(job.names().plan())
                .endConfigMap()
                .build());
        volumes.add(new VolumeBuilder()
                .withName("tmp")
                .withNewEmptyDir()
                .endEmptyDir()
                .build());
        volume("source", job.sides().source()).ifPresent(volumes::add);
        volume("target", job.sides().target()).ifPresent(volumes::add);
        return volumes;
    }

    private static Optional<Volume> volume(String name, MigrationSide side) {
        return side.files().isEmpty()
                ? Optional.empty()
                : Optional.of(new VolumeBuilder()
                        .withName(name)
                        .withNewProjected()
                        .withDefaultMode(READABLE)
                        .withSources(side.files().entrySet().stream()
                                .map(file -> projection(file.getKey(), file.getValue()))
                                .toList())
                        .endProjected()
                        .build());
    }

    private static VolumeProjection projection(String file, SecretKeyRefSpec key) {
        return new VolumeProjectionBuilder()
                .withNewSecret()
                .withName(key.name())
                .addNewItem()
                .withKey(key.key())
                .withPath(file)
                .endItem()
                .endSecret()
                .build();
    }

    private static ConfigMap configMap(MigrationJob job, String name, Map<String, String> data) {
        return new ConfigMapBuilder()
                .withMetadata(metadata(job, name))
                .withData(data)
                .build();
    }

    private static ObjectMeta metadata(MigrationJob job, String name) {
        return new ObjectMetaBuilder()
                .withNamespace(job.names().namespace())
                .withName(name)
                .withLabels(job.names().labels())
                .withOwnerReferences(owner(job))
                .build();
    }

    private static OwnerReference owner(MigrationJob job) {
        var migration = job.migration();
        return new OwnerReferenceBuilder()
                .withApiVersion(migration.getApiVersion())
                .withKind(migration.getKind())
                .withName(migration.getMetadata().getName())
                .withUid(migration.getMetadata().getUid())
                .withController(true)
                .withBlockOwnerDeletion(true)
                .build();
    }
}
