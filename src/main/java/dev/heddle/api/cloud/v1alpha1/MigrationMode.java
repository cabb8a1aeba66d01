package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What a migration does. */
public enum MigrationMode {
    /** Schema, objects, references and aliases, and then the proof. */
    @JsonProperty("copy")
    COPY("copy"),
    @JsonProperty("schemaOnly")
    SCHEMAONLY("schemaOnly"),
    /** Compares both sides and writes nothing. */
    @JsonProperty("verify")
    VERIFY("verify"),
    /** Says what it would do and writes nothing. */
    @JsonProperty("dryRun")
    DRYRUN("dryRun");

    private final String text;

    MigrationMode(String text) {
        this.text = text;
    }

    /** The value as it stands in YAML. */
    @Override
    public String toString() {
        return text;
    }
}
