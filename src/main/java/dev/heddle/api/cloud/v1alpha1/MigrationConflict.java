package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What becomes of what the target has before. */
public enum MigrationConflict {
    /** Nothing begins while a collection that is to be copied is there. */
    @JsonProperty("Fail")
    FAIL("Fail"),
    /** What is there stays. */
    @JsonProperty("Skip")
    SKIP("Skip"),
    /** Objects of the same id are replaced, others stay. */
    @JsonProperty("Overwrite")
    OVERWRITE("Overwrite");

    private final String text;

    MigrationConflict(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
