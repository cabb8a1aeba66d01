package dev.heddle.core.manifest;

import dev.heddle.api.weaviate.v1.AccessRole;
import dev.heddle.api.weaviate.v1.AccessSpec;
import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.common.Labels;
import io.fabric8.kubernetes.api.model.ServiceAccount;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.PolicyRuleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBuilder;
import io.fabric8.kubernetes.api.model.rbac.Subject;
import io.fabric8.kubernetes.api.model.rbac.SubjectBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/** Identity of the pods, and access for people: list, logs, exec; never Secrets, never a write to the cluster. */
public final class AccessManifests {
    private AccessManifests() {}

    /** None when spec.serviceAccountName names one. */
    public static Map<String, ServiceAccount> serviceAccounts(ClusterPlan plan) {
        if (plan.spec().serviceAccountName() != null) {
            return Map.of();
        }
        return Children.byName(new ServiceAccountBuilder()
                .withMetadata(
                        Children.metadata(plan, plan.names().serviceAccount(), Labels.of(plan.names(), Labels.DATABASE))
                                .withAnnotations(plan.cloud().serviceAccountAnnotations())
                                .build())
                .withAutomountServiceAccountToken(false)
                .build());
    }

    public static Map<String, Role> roles(ClusterPlan plan) {
        return Children.byName(granted(plan)
                .map(role -> new RoleBuilder()
                        .withMetadata(Children.metadata(
                                        plan,
                                        plan.names().access(role.toString()),
                                        Labels.of(plan.names(), Labels.DATABASE))
                                .build())
                        .withRules(rules(plan, role))
                        .build())
                .toList());
    }

    public static Map<String, RoleBinding> roleBindings(ClusterPlan plan) {
        return Children.byName(granted(plan)
                .map(role -> new RoleBindingBuilder()
                        .withMetadata(Children.metadata(
                                        plan,
                                        plan.names().access(role.toString()),
                                        Labels.of(plan.names(), Labels.DATABASE))
                                .build())
                        .withNewRoleRef(
                                "rbac.authorization.k8s.io",
                                "Role",
                                plan.names().access(role.toString()))
                        .withSubjects(subjects(plan, role))
                        .build())
                .toList());
    }

    private static Stream<AccessRole> granted(ClusterPlan plan) {
        return access(plan).map(AccessSpec::role).distinct().sorted();
    }

    private static Stream<AccessSpec> access(ClusterPlan plan) {
        return Objects.requireNonNullElse(plan.spec().access(), List.<AccessSpec>of()).stream();
    }

    private static List<Subject> subjects(ClusterPlan plan, AccessRole role) {
        return access(plan)
                .filter(entry -> entry.role() == role)
                .flatMap(entry -> entry.subjects().stream())
                .map(subject -> complete(subject, plan.names().namespace()))
                .distinct()
                .toList();
    }

    /** Fills in what the API server would, so that what is written equals what is stored. */
    private static Subject complete(Subject subject, String namespace) {
        boolean account = "ServiceAccount".equals(subject.getKind());
        return new SubjectBuilder(subject)
                .withApiGroup(account ? null : "rbac.authorization.k8s.io")
                .withNamespace(account ? Objects.requireNonNullElse(subject.getNamespace(), namespace) : null)
                .build();
    }

    /**
     * What is inside of a pod is named, pod by pod. Lists are of the whole namespace: no role can narrow them to a label,
     * and a list by one name is none.
     */
    private static List<PolicyRule> rules(ClusterPlan plan, AccessRole role) {
        var read = List.of("get", "list", "watch");
        var rules = new ArrayList<PolicyRule>();
        rules.add(rule("", read, "pods", "services", "persistentvolumeclaims", "events"));
        rules.add(rule("apps", read, "statefulsets", "deployments"));
        rules.add(rule("weaviate.io", read, "weaviateclusters"));
        rules.add(inside(plan, "get", "pods/log"));
        if (role == AccessRole.DEBUGGER) {
            rules.add(inside(plan, "create", "pods/exec", "pods/portforward"));
        }
        return rules;
    }

    /** There is at least one node; without a name the rule would be about every pod. */
    private static PolicyRule inside(ClusterPlan plan, String verb, String... resources) {
        var modules = plan.modules().stream()
                .flatMap(module -> module.inference().stream())
                .flatMap(inference -> inference.pods().stream());
        return new PolicyRuleBuilder(rule("", List.of(verb), resources))
                .withResourceNames(Stream.concat(plan.names().nodes(plan.replicas()).stream(), modules)
                        .toList())
                .build();
    }

    private static PolicyRule rule(String group, List<String> verbs, String... resources) {
        return new PolicyRuleBuilder()
                .withApiGroups(group)
                .withResources(resources)
                .withVerbs(verbs)
                .build();
    }
}
