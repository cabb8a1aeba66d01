package dev.heddle.core.cluster;

import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Settings that Weaviate takes up while it runs, from a file that it reads every few seconds. It refuses the whole file
 * for one name or value that it does not know, so only those are given to it that every version since the feature has
 * (usecases/config/runtimeconfig.go of 1.34.5, 1.35.2 and 1.38.2), and only with values that fit.
 */
public final class RuntimeSettings {
    /** Nothing is written but what moves replicas; reads go on (weaviate-live §C). */
    public static final String PAUSED = "ScaleOut";

    private static final String MODE = "OPERATIONAL_MODE";
    private static final Pattern FLAG = Pattern.compile("true|false");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]{1,9}");
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}(ms|s|m|h))+");
    private static final Pattern WORD = Pattern.compile("[A-Za-z]{1,32}");

    private static final Map<String, Pattern> RELOADED = Map.ofEntries(
            Map.entry(MODE, Pattern.compile("ReadWrite|ReadOnly|WriteOnly|ScaleOut")),
            Map.entry("MAXIMUM_ALLOWED_COLLECTIONS_COUNT", NUMBER),
            Map.entry("AUTOSCHEMA_ENABLED", FLAG),
            Map.entry("ASYNC_REPLICATION_DISABLED", FLAG),
            Map.entry("REVECTORIZE_CHECK_DISABLED", FLAG),
            Map.entry("TENANT_ACTIVITY_READ_LOG_LEVEL", WORD),
            Map.entry("TENANT_ACTIVITY_WRITE_LOG_LEVEL", WORD),
            Map.entry("QUERY_SLOW_LOG_ENABLED", FLAG),
            Map.entry("QUERY_SLOW_LOG_THRESHOLD", DURATION),
            Map.entry("INVERTED_SORTER_DISABLED", FLAG),
            Map.entry("DEFAULT_QUANTIZATION", WORD),
            Map.entry("RAFT_DRAIN_SLEEP", DURATION),
            Map.entry("RAFT_TIMEOUTS_MULTIPLIER", NUMBER));

    private RuntimeSettings() {}

    /** Whether this variable of the spec is taken up without a restart. */
    public static boolean reloaded(EnvVar variable) {
        var pattern = RELOADED.get(variable.getName());
        return pattern != null
                && variable.getValue() != null
                && pattern.matcher(variable.getValue()).matches();
    }

    /** Content of the file; the values are plain YAML scalars, by the patterns. */
    public static String of(ClusterPlan plan) {
        var settings = new TreeMap<String, String>();
        Objects.requireNonNullElse(plan.spec().env(), List.<EnvVar>of()).stream()
                .filter(RuntimeSettings::reloaded)
                .forEach(variable -> settings.put(key(variable.getName()), variable.getValue()));
        if (plan.writesPaused()) {
            settings.put(key(MODE), PAUSED);
        }
        return settings.entrySet().stream()
                .map(setting -> setting.getKey() + ": " + setting.getValue() + "\n")
                .collect(Collectors.joining());
    }

    /** The same file without the line that pauses writes. */
    public static String withoutPause(String file) {
        return file.lines()
                .filter(line -> !line.equals(key(MODE) + ": " + PAUSED))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static String key(String variable) {
        return variable.toLowerCase(Locale.ROOT);
    }
}
