package dev.heddle.core.restore;

import java.util.List;

/** Which of the collections are in the cluster's schema. */
public sealed interface PresenceReport {

    record NotAsked() implements PresenceReport {}

    /** Sorted. */
    record Known(List<String> there, List<String> missing) implements PresenceReport {
        public Known {
            there = List.copyOf(there);
            missing = List.copyOf(missing);
        }
    }

    record Unknown(String message) implements PresenceReport {}
}
