package dev.heddle.core.storage;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/**
 * How full the volumes are, as kubelet measured it since they have the size that they have.
 *
 * @param usage by claim; claims that were not measured yet are absent
 * @param problem why nothing, or not all, is measured
 */
public record Disks(Map<String, Usage> usage, Optional<String> problem) {

    /** In bytes. */
    public record Usage(long capacity, long available) {
        /** @param percent used space from which on a disk counts as full */
        boolean below(int percent) {
            var used = BigDecimal.valueOf(capacity).subtract(BigDecimal.valueOf(available));
            return used.movePointRight(2).compareTo(BigDecimal.valueOf(capacity).multiply(BigDecimal.valueOf(percent)))
                    < 0;
        }
    }

    public static Disks notRead() {
        return new Disks(Map.of(), Optional.empty());
    }

    /** Whether the volume is known to have room. */
    public boolean roomy(String claim, int percent) {
        return Optional.ofNullable(usage.get(claim))
                .filter(measured -> measured.below(percent))
                .isPresent();
    }
}
