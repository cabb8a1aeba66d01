package dev.heddle.core.restore;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.cloud.v1alpha1.RestoreScope;
import dev.heddle.api.cloud.v1alpha1.RestoreSpec;
import dev.heddle.core.backup.BackupDefaults;
import dev.heddle.core.common.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is asked for, with its defaults.
 *
 * @param cluster that gets the data
 * @param include names, with * and ?; empty for all
 * @param exclude names, with * and ?
 * @param mapping of nodes, as far as it is given
 */
public record RestoreOrder(
        String cluster,
        List<String> include,
        List<String> exclude,
        Map<String, String> mapping,
        boolean roles,
        boolean users,
        boolean overwriteAliases,
        int cpuPercentage) {

    public static RestoreOrder of(RestoreSpec spec) {
        return new RestoreOrder(
                spec.clusterRef().name(),
                BackupDefaults.collections(spec.include()),
                BackupDefaults.collections(spec.exclude()),
                requireNonNullElse(spec.nodeMapping(), Map.of()),
                spec.roles() == RestoreScope.ALL,
                spec.users() == RestoreScope.ALL,
                Boolean.TRUE.equals(spec.overwriteAliases()),
                requireNonNullElse(spec.cpuPercentage(), 50));
    }

    public static Duration timeout(RestoreSpec spec) {
        return Durations.parse(spec.timeout()).orElse(Duration.ofDays(1));
    }
}
