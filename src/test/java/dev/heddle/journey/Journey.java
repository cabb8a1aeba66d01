package dev.heddle.journey;

import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

/** Namespaces for one class of journeys, with the operator at work; what went wrong is shown before it is removed. */
final class Journey
        implements BeforeAllCallback,
                AfterAllCallback,
                TestExecutionExceptionHandler,
                LifecycleMethodExecutionExceptionHandler {
    private final List<String> namespaces;
    private final Map<String, Subject> subjects = new LinkedHashMap<>();
    private OperatorUnderTest operator;

    Journey(String... namespaces) {
        this.namespaces = List.of(namespaces);
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
        operator = context.getRoot()
                .getStore(Namespace.GLOBAL)
                .getOrComputeIfAbsent(Shared.class, key -> new Shared(OperatorUnderTest.install()), Shared.class)
                .operator();
        operator.start();
        namespaces.forEach(name -> Kubernetes.createNamespace(client(), name));
    }

    /**
     * The clusters first, while there is an operator to end their finalizers; then nobody waits for the pods. The
     * operator rests until the next journey, so that it does not meddle with other tests.
     */
    @Override
    public void afterAll(ExtensionContext context) {
        if (operator == null) {
            return;
        }
        subjects.values().forEach(Subject::delete);
        subjects.values().forEach(Subject::awaitGone);
        namespaces.forEach(name -> Kubernetes.deleteNamespace(client(), name));
        operator.stop();
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

    /** Closed by JUnit after the last class. */
    private record Shared(OperatorUnderTest operator) implements AutoCloseable {
        @Override
        public void close() {
            operator.close();
        }
    }
}
