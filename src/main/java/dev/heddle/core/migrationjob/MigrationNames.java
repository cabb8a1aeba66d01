package dev.heddle.core.migrationjob;

import dev.heddle.core.common.Labels;
import java.util.Map;
import java.util.TreeMap;

/** Names and labels of the children of a migration, derived from its own name so that they never change. */
public record MigrationNames(String namespace, String migration) {
    private static final String COMPONENT = "migration";
    /** Another one than that of clusters, whose caches would else hold every pod and checkpoint of a migration. */
    private static final String MANAGER = "heddle-migration";
    /** Selects the children of all migrations. */
    public static final String SELECTOR = Labels.MANAGED_BY + "=" + MANAGER;

    public String job() {
        return migration;
    }

    /** The ConfigMap that the Job reads. */
    public String plan() {
        return migration + "-plan";
    }

    /** The ConfigMap that the Job writes. */
    public String progress() {
        return migration + "-progress";
    }

    /** The service account of the Job, and its role. */
    public String account() {
        return migration + "-migration";
    }

    public Map<String, String> labels() {
        return new TreeMap<>(Map.of(
                Labels.MANAGED_BY,
                MANAGER,
                Labels.NAME,
                "weaviate-migration",
                Labels.INSTANCE,
                migration,
                Labels.COMPONENT,
                COMPONENT));
    }
}
