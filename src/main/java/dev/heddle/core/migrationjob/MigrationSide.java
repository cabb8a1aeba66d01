package dev.heddle.core.migrationjob;

import dev.heddle.api.weaviate.v1.SecretKeyRefSpec;
import dev.heddle.core.migration.MigrationPlan;
import java.util.Map;

/**
 * One side of a migration, as its Job reaches it.
 *
 * @param words for people
 * @param files by their names in the directory of this side: where their content comes from
 */
public record MigrationSide(MigrationPlan.Side plan, String words, Map<String, SecretKeyRefSpec> files) {
    static final String KEY = "api-key";
    static final String CA = "ca.crt";

    /** Where the files of a side are in the pod. @param side {@code source} or {@code target} */
    static String directory(String side) {
        return "/etc/heddle/" + side;
    }
}
