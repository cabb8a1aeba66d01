package dev.heddle.core.migration;

/** In this order. */
public enum MigrationPhase {
    CHECKING,
    SCHEMA,
    COPYING,
    /** What came, changed or went meanwhile. */
    CATCHING_UP,
    ALIASES,
    VERIFYING,
    DONE
}
