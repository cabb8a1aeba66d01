package dev.heddle.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The operator's own settings; HEDDLE_CLUSTER_DOMAIN and so on in the environment. */
@ConfigMapping(prefix = "heddle")
public interface OperatorConfig {

    /** Namespace that the operator runs in; absent when it runs outside of Kubernetes. */
    Optional<String> namespace();

    /** Name of the operator's own pod, which is its identity in the lease; absent outside of Kubernetes. */
    Optional<String> podName();

    /** Whether nodes and other cluster-scoped objects may be read. Default: when all namespaces are watched. */
    Optional<Boolean> clusterWide();

    /** DNS domain of the Kubernetes cluster. */
    @WithDefault("cluster.local")
    String clusterDomain();

    /** Time between looks at a cluster that is ready: nothing tells when Weaviate's health changes inside a pod. */
    @WithDefault("60s")
    Duration healthInterval();

    /** Time between looks at a cluster that is not ready. */
    @WithDefault("2s")
    Duration progressInterval();

    /** Time between looks at the load of clusters whose number of nodes follows it. */
    @WithDefault("10s")
    Duration autoscaleInterval();

    /** Limit of one request to Weaviate, and of one to Prometheus. */
    @WithDefault("3s")
    Duration weaviateTimeout();

    /** Time after which a deletion goes on although its volumes could not be deleted. */
    @WithDefault("5m")
    Duration finalizerTimeout();

    /** A file with parts of weaviate-versions.yaml that replace the built-in ones; absent for none. */
    Optional<String> catalogFile();

    /** Where registries are reached when not at https under their name, as host=http(s)://address; for mirrors. */
    Optional<List<String>> registries();

    /** Limit of one request to a registry. */
    @WithDefault("5s")
    Duration registryTimeout();

    /** The image that this very operator runs, for its Jobs; absent outside of Kubernetes. */
    Optional<String> operatorImage();

    /** Pull policy of the same. */
    Optional<String> operatorImagePullPolicy();

    /** Secrets for the registry of the same, in the namespace of each Job. */
    Optional<List<String>> operatorImagePullSecrets();

    Trust trust();

    LeaderElection leaderElection();

    /** Whose signatures count where a Cluster does not say; each in PEM. */
    interface Trust {
        /** Public key of {@code verify} without key and keyless. */
        Optional<String> key();

        /** Certificates of the authority of {@code verify.keyless}. */
        Optional<String> roots();

        /** Public key of the transparency log of {@code verify.keyless}. */
        Optional<String> rekorKey();
    }

    /** Only one replica of the operator acts. */
    interface LeaderElection {
        @WithDefault("true")
        boolean enabled();

        @WithDefault("heddle")
        String leaseName();
    }
}
