package dev.heddle.core.common;

import java.lang.module.ModuleDescriptor.Version;

/** Comparison of versions of the form x.y.z. */
public final class Versions {
    private Versions() {}

    /** Whether {@code version} is {@code least} or later. */
    public static boolean atLeast(String version, String least) {
        return Version.parse(version).compareTo(Version.parse(least)) >= 0;
    }
}
