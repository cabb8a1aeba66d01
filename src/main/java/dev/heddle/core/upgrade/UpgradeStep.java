package dev.heddle.core.upgrade;

import dev.heddle.api.weaviate.v1.UpgradeStatus;
import java.util.Optional;

/** The one thing to do next about the version. */
public sealed interface UpgradeStep {

    /** The wanted version runs. */
    record None() implements UpgradeStep {}

    /** There is no way, or none by itself. @param reason CamelCase */
    record Refuse(String reason, String words) implements UpgradeStep {}

    /** A step is due and waits. */
    record Wait(String message) implements UpgradeStep {}

    /** Something is decided, and written down before anything is done about it. @param notes empty: the step is over */
    record Change(Optional<UpgradeStatus> notes, String message) implements UpgradeStep {}

    /** The backup is to be taken, or waited for. */
    record BackUp(String id, String message) implements UpgradeStep {}

    /** Pods are to be replaced. @param back they get the former version */
    record Roll(boolean back) implements UpgradeStep {}

    /** Only a person can help, and until then no pod that serves is replaced. */
    record Halt(String reason, String words) implements UpgradeStep {}
}
