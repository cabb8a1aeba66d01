package dev.heddle.migrate;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Optional;
import java.util.Set;

/** The command line: exactly one of {@code progress} and {@code configMap}. */
record Arguments(Path plan, Optional<Path> progress, Optional<ConfigMapName> configMap) {
    private static final String PLAN = "--plan";
    private static final String PROGRESS = "--progress";
    private static final String CONFIG_MAP = "--progress-configmap";
    private static final Set<String> KNOWN = Set.of(PLAN, PROGRESS, CONFIG_MAP);

    record ConfigMapName(String namespace, String name) {}

    /** What the user has to change. */
    static final class Wrong extends Exception {
        Wrong(String message) {
            super(message, null, false, false);
        }
    }

    static Arguments of(String... words) throws Wrong {
        var values = new HashMap<String, String>();
        for (var index = 0; index < words.length; index += 2) {
            if (!KNOWN.contains(words[index])) {
                throw new Wrong("unknown option " + words[index]);
            }
            if (index + 1 == words.length) {
                throw new Wrong(words[index] + " needs a value");
            }
            if (values.put(words[index], words[index + 1]) != null) {
                throw new Wrong(words[index] + " is given twice");
            }
        }
        if (!values.containsKey(PLAN)) {
            throw new Wrong(PLAN + " is missing");
        }
        if (values.containsKey(PROGRESS) == values.containsKey(CONFIG_MAP)) {
            throw new Wrong("either %s or %s is needed".formatted(PROGRESS, CONFIG_MAP));
        }
        return new Arguments(
                Path.of(values.get(PLAN)),
                Optional.ofNullable(values.get(PROGRESS)).map(Path::of),
                configMap(values.get(CONFIG_MAP)));
    }

    private static Optional<ConfigMapName> configMap(String value) throws Wrong {
        if (value == null) {
            return Optional.empty();
        }
        var parts = value.split("/", -1);
        if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
            throw new Wrong("%s is not of the form NAMESPACE/NAME: %s".formatted(CONFIG_MAP, value));
        }
        return Optional.of(new ConfigMapName(parts[0], parts[1]));
    }
}
