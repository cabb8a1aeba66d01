package dev.heddle.core.autoscale;

import java.util.Locale;

/** What the number of nodes may follow. */
public enum Metric {
    /** Use of the CPU request, percent. */
    CPU,
    /** Use of the memory request, percent. */
    MEMORY,
    /** Queries per second of a node. */
    QPS,
    /** 95th percentile, seconds. */
    LATENCY;

    /** Key in the status. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** A value as people read it, to two significant digits. */
    String text(double value) {
        return switch (this) {
            case CPU, MEMORY -> Math.round(value) + "%";
            case QPS -> digits(value) + "/s";
            case LATENCY -> value >= 1 ? digits(value) + "s" : digits(value * 1000) + "ms";
        };
    }

    private static String digits(double value) {
        if (value >= 100) {
            double step = Math.pow(10, Math.floor(Math.log10(value)) - 1);
            return String.valueOf(Math.round(Math.round(value / step) * step));
        }
        return value >= 10 || value == Math.rint(value)
                ? String.valueOf(Math.round(value))
                : String.format(Locale.ROOT, "%.1f", value);
    }
}
