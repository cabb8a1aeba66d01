package dev.heddle.core.autoscale;

/** One metric of a cluster at one moment. */
public sealed interface Reading {

    /** @param value average of a node, in the unit of its {@link Metric} */
    record Measured(double value) implements Reading {}

    /**
     * Some nodes did not tell, so it is this or more.
     *
     * @param value average of a node, as if the missing ones had none
     * @param missing which, and why
     */
    record AtLeast(double value, String missing) implements Reading {}

    record Unreadable(String why) implements Reading {}
}
