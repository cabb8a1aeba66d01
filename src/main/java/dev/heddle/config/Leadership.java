package dev.heddle.config;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Dependent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Leader election. A process that lost its lease ends at once, because a successor may already act; but not on an
 * orderly stop, where JOSDK's own System.exit would wait for itself for ever (framework.md §5.1).
 */
@ApplicationScoped
public class Leadership {
    private static final Logger LOG = Logger.getLogger(Leadership.class);
    private final OperatorConfig config;
    private final KubernetesClient client;
    private final Instance<Operator> operator;
    private volatile boolean started;
    private volatile boolean stopping;

    Leadership(OperatorConfig config, KubernetesClient client, Instance<Operator> operator) {
        this.config = config;
        this.client = client;
        this.operator = operator;
    }

    /** Null when leader election is off. */
    @Produces
    @Dependent
    LeaderElectionConfiguration configuration() {
        if (!config.leaderElection().enabled()) {
            return null;
        }
        var builder = LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(
                config.leaderElection().leaseName());
        config.namespace().ifPresent(builder::withLeaseNamespace);
        config.podName().ifPresent(builder::withIdentity);
        return builder.withLeaseDuration(Duration.ofSeconds(15))
                .withRenewDeadline(Duration.ofSeconds(10))
                .withRetryPeriod(Duration.ofSeconds(3))
                .withLeaderCallbacks(
                        new LeaderCallbacks(() -> LOG.info("This replica leads"), this::lost, leader -> {}))
                .withExitOnStopLeading(false)
                .build();
    }

    /**
     * In this order: nothing acts any more when the lease is free for a successor. Without election JOSDK stops itself
     * as soon as the process is told to end, and a second stop at the same time fails.
     */
    void stopping(@Observes @Priority(1) ShutdownEvent event) {
        stopping = true;
        if (started && config.leaderElection().enabled()) {
            operator.get().stop();
            release();
        }
    }

    /** Starts the operator, which acts as soon as it leads. */
    public void start() {
        started = true;
        operator.get().start();
    }

    /** A successor then need not wait until the lease runs out. */
    private void release() {
        if (config.podName().isEmpty() || config.namespace().isEmpty()) {
            return;
        }
        try {
            var lease = client.leases()
                    .inNamespace(config.namespace().get())
                    .withName(config.leaderElection().leaseName());
            var held = lease.get();
            if (held != null && config.podName().get().equals(held.getSpec().getHolderIdentity())) {
                held.getSpec().setHolderIdentity("");
                client.resource(held).update();
            }
        } catch (KubernetesClientException problem) {
            LOG.infof("The lease was not released (HTTP %d); it runs out by itself", problem.getCode());
        }
    }

    private void lost() {
        if (!stopping) {
            LOG.error("Lost the lease; ending, so that no two replicas act");
            Runtime.getRuntime().halt(1);
        }
    }
}
