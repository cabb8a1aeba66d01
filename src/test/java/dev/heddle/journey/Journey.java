package dev.heddle.journey;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Namespaces for one class of journeys, with the operator at work; what went wrong is shown before it is removed. */
final class Journey
        implements BeforeAllCallback,
                AfterAllCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {
    private final List<String> namespaces;
    private final boolean watchesAll;
    private final Map<String, Subject> subjects = new LinkedHashMap<>();
    private OperatorUnderTest operator;

    private Journey(boolean watchesAll, List<String> namespaces) {
        this.watchesAll = watchesAll;
        this.namespaces = namespaces;
    }

    /** With an operator that sees only these namespaces, so that others can be at work beside it. */
    static Journey in(String... namespaces) {
        return new Journey(false, List.of(namespaces));
    }

    /** With an operator as a plain {@code helm install} makes it; its class runs alone. */
    static Journey watchingAll(String... namespaces) {
        return new Journey(true, List.of(namespaces));
    }

    OperatorUnderTest operator() {
        return operator;
    }

    KubernetesClient client() {
        return operator.client();
    }

    /** A cluster in the first namespace. */
    Subject cluster(String name) {
        return cluster(namespaces.getFirst(), name);
    }

    Subject cluster(String namespace, String name) {
        return subjects.computeIfAbsent(namespace + "/" + name, key -> new Subject(operator.client(), namespace, name));
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        operator = OperatorUnderTest.install("heddle-" + namespaces.getFirst(), watchesAll ? List.of() : namespaces);
        namespaces.forEach(name -> Kubernetes.createNamespace(client(), name));
    }

    /**
     * The clusters first, while there is an operator to end their finalizers; then nobody waits for the pods. The operator
     * goes in any case: one that stays would take part in the tests of others.
     */
    @Override
    public void afterAll(ExtensionContext context) {
        if (operator == null) {
            return;
        }
        try (var installed = operator) {
            subjects.values().forEach(Subject::delete);
            subjects.values().forEach(Subject::awaitGone);
            namespaces.forEach(name -> Kubernetes.deleteNamespace(installed.client(), name));
        }
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable problem) throws Throwable {
        show(context);
        throw problem;
    }

    @Override
    public void handleBeforeAllMethodExecutionException(ExtensionContext context, Throwable problem) throws Throwable {
        show(context);
        throw problem;
    }

    @Override
    public void handleAfterEachMethodExecutionException(ExtensionContext context, Throwable problem) throws Throwable {
        show(context);
        throw problem;
    }

    private void show(ExtensionContext context) {
        System.err.printf("---- %s failed%n", context.getDisplayName());
        for (var namespace : namespaces) {
            subjects.values().forEach(subject -> System.err.println(subject.describe()));
            System.err.println(Command.run("kubectl", "-n", namespace, "get", "pods,pvc,services", "-o", "wide"));
            System.err.println(
                    Command.run("kubectl", "-n", namespace, "get", "events", "--sort-by=.metadata.creationTimestamp"));
        }
        operator.log().lines().toList().reversed().stream()
                .limit(40)
                .toList()
                .reversed()
                .forEach(System.err::println);
    }
}
