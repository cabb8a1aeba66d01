package dev.heddle.core.backup;

import static java.util.Objects.requireNonNullElse;

import dev.heddle.api.cloud.v1alpha1.BackupCollectionsSpec;
import dev.heddle.api.cloud.v1alpha1.BackupCompression;
import dev.heddle.api.cloud.v1alpha1.OnDemandBackupSpec;
import dev.heddle.api.weaviate.v1.ReclaimPolicy;
import dev.heddle.core.common.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The defaults of a backup's spec. */
public final class BackupDefaults {
    private BackupDefaults() {}

    public static Duration timeout(OnDemandBackupSpec spec) {
        return Durations.parse(spec.timeout()).orElse(Duration.ofDays(1));
    }

    public static int cpuPercentage(OnDemandBackupSpec spec) {
        return requireNonNullElse(spec.cpuPercentage(), 50);
    }

    /** In Weaviate's words. */
    public static String compression(OnDemandBackupSpec spec) {
        return switch (requireNonNullElse(spec.compression(), BackupCompression.DEFAULT)) {
            case DEFAULT -> "DefaultCompression";
            case BESTSPEED -> "BestSpeed";
            case BESTCOMPRESSION -> "BestCompression";
            case ZSTDDEFAULT -> "ZstdDefaultCompression";
            case ZSTDBESTSPEED -> "ZstdBestSpeed";
            case ZSTDBESTCOMPRESSION -> "ZstdBestCompression";
            case NONE -> "NoCompression";
        };
    }

    public static boolean deletesData(OnDemandBackupSpec spec) {
        return spec.deletionPolicy() == ReclaimPolicy.DELETE;
    }

    public static boolean suspended(OnDemandBackupSpec spec) {
        return Boolean.TRUE.equals(spec.suspend());
    }

    /** Empty for all. */
    public static List<String> collections(BackupCollectionsSpec some) {
        return Optional.ofNullable(some).map(BackupCollectionsSpec::collections).orElse(List.of());
    }
}
