package dev.heddle.core.storage;

import dev.heddle.api.weaviate.v1.AutoResizeSpec;
import dev.heddle.core.storage.Disks.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;

/** Growing by free space. All volumes grow alike, because nodes of one cluster hold alike, and the fullest decides. */
public final class AutoResize {
    private static final String THRESHOLD = "20%";
    private static final BigDecimal SHARE = new BigDecimal("0.2");

    private AutoResize() {}

    public sealed interface Decision {
        /** Enough is free, or nothing is known. */
        record Keep() implements Decision {}

        /** @param size canonical */
        record Grow(String size) implements Decision {}

        /** @param claim a volume that should grow and may not */
        record AtLimit(String claim) implements Decision {}
    }

    /** How much one volume lacks. */
    private record Lack(String claim, BigDecimal bytes) {}

    /**
     * As many increments at once as bring back the free space: some clouds let a volume grow only every few hours.
     *
     * @param size what all volumes have
     */
    public static Decision decide(AutoResizeSpec spec, String size, Map<String, Usage> usage) {
        var threshold = Objects.requireNonNullElse(spec.minFreeThreshold(), THRESHOLD);
        var worst = usage.entrySet().stream()
                .map(entry -> new Lack(entry.getKey(), lack(entry.getValue(), threshold)))
                .filter(lack -> lack.bytes().signum() > 0)
                .max(Comparator.comparing(Lack::bytes).thenComparing(Lack::claim));
        if (worst.isEmpty()) {
            return new Decision.Keep();
        }
        var present = VolumeSize.bytes(size);
        var limit = VolumeSize.bytes(spec.limit());
        if (present.compareTo(limit) >= 0) {
            return new Decision.AtLimit(worst.get().claim());
        }
        var increment = increment(spec, present);
        var steps = worst.get().bytes().divide(increment, 0, RoundingMode.UP);
        var grown = present.add(increment.multiply(steps)).min(limit);
        return new Decision.Grow(
                grown.compareTo(limit) == 0 ? VolumeSize.canonical(spec.limit()) : VolumeSize.words(grown));
    }

    /** Bytes by which the volume has to grow to have enough free space; zero or less when it has. */
    private static BigDecimal lack(Usage usage, String threshold) {
        var capacity = BigDecimal.valueOf(usage.capacity());
        var available = BigDecimal.valueOf(usage.available());
        if (!threshold.endsWith("%")) {
            return VolumeSize.bytes(threshold).subtract(available);
        }
        // The new space counts as capacity too, of which that share has to be free.
        var share = new BigDecimal(threshold.replace("%", "")).movePointLeft(2);
        return capacity.multiply(share).subtract(available).divide(BigDecimal.ONE.subtract(share), 0, RoundingMode.UP);
    }

    private static BigDecimal increment(AutoResizeSpec spec, BigDecimal present) {
        if (spec.increment() != null) {
            return VolumeSize.bytes(spec.increment());
        }
        return present.multiply(SHARE)
                .divide(VolumeSize.GIBI, 0, RoundingMode.UP)
                .multiply(VolumeSize.GIBI);
    }
}
