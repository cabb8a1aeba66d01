package dev.heddle.core.common;

import java.util.Map;
import java.util.TreeMap;

/** The labels and annotations that Heddle puts on children. */
public final class Labels {
    public static final String MANAGED_BY = "app.kubernetes.io/managed-by";
    public static final String MANAGER = "heddle";
    public static final String COMPONENT = "app.kubernetes.io/component";
    public static final String INSTANCE = "app.kubernetes.io/instance";
    public static final String NAME = "app.kubernetes.io/name";
    /** Selects every child of Heddle; the informers use it, which keeps their caches small. */
    public static final String SELECTOR = MANAGED_BY + "=" + MANAGER;

    public static final String DATABASE = "database";
    public static final String INFERENCE = "inference";
    /** Annotation: number of Raft voters, on the StatefulSet and on each claim, so that it outlives the resource. */
    public static final String VOTERS = "heddle.dev/raft-voters";
    /** Annotation of a claim that a deleted resource left: the Weaviate version that wrote the data. */
    public static final String VERSION = "heddle.dev/weaviate-version";
    /** Annotation of a claim whose node was emptied to leave: nothing of the cluster is on it. */
    public static final String DRAINED = "heddle.dev/drained";
    /** Annotation of a WeaviateCluster: UIDs of claims whose predecessors' data is known to be lost, comma-separated. */
    public static final String ACCEPT_LOSS = "heddle.dev/accept-data-loss";
    /** Annotation of a pod template: digest of the Secret values that the pod was started with. */
    public static final String SECRETS_HASH = "heddle.dev/secrets-hash";

    /** Annotation of an adopted StatefulSet: who managed it before, for the day it is given back. */
    public static final String ADOPTED = "heddle.dev/adopted";
    /** Annotation of a Cluster: true gives back what was adopted. */
    public static final String RELEASE = "heddle.dev/release";

    /** Label of the Service between peers, which also serves metrics. */
    public static final String SERVICE = "heddle.dev/service";

    public static final String PEERS = "peers";
    /** Label of an inference module's objects. */
    public static final String MODULE = "heddle.dev/module";

    /** Label of a Backup: name of the ScheduledBackup that made it. */
    public static final String SCHEDULE = "heddle.dev/scheduled-backup";
    /** Annotation of a Backup: UID of the ScheduledBackup that made it. */
    public static final String SCHEDULE_UID = "heddle.dev/scheduled-backup-uid";
    /** Annotation of a ScheduledBackup: any text; each new one asks for one run now. */
    public static final String RUN_NOW = "heddle.dev/run-now";
    /** Annotation of a Backup whose schedule keeps it no longer: its data goes, and may be gone in part. */
    public static final String PRUNED = "heddle.dev/pruned";

    private Labels() {}

    public static Map<String, String> of(Names names, String component) {
        var labels = new TreeMap<>(selector(names, component));
        labels.put(MANAGED_BY, MANAGER);
        return labels;
    }

    /** The immutable part, used in selectors. */
    public static Map<String, String> selector(Names names, String component) {
        return new TreeMap<>(Map.of(NAME, "weaviate", INSTANCE, names.cluster(), COMPONENT, component));
    }

    /** Labels of one inference module's objects. */
    public static Map<String, String> module(Names names, String module) {
        var labels = of(names, INFERENCE);
        labels.put(MODULE, module);
        return labels;
    }

    public static Map<String, String> moduleSelector(Names names, String module) {
        var labels = selector(names, INFERENCE);
        labels.put(MODULE, module);
        return labels;
    }
}
