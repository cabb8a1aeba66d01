package dev.heddle.core.adoption;

import java.util.Optional;

/** What became of {@code existingClusters}. */
public sealed interface Adoption {

    /** Nothing is asked for, or nothing was there when the cluster was made: it is a new one. */
    record None(boolean asked) implements Adoption {}

    /** @param version of the image that runs; empty when its tag is no version */
    record Adopted(String statefulSet, Optional<String> version) implements Adoption {}

    /** It cannot be taken over as it is; nothing was touched. */
    record Refused(String reason, String message) implements Adoption {}

    default Optional<String> taken() {
        return this instanceof Adopted adopted ? Optional.of(adopted.statefulSet()) : Optional.empty();
    }
}
