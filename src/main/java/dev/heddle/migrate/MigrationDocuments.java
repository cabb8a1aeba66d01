package dev.heddle.migrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heddle.core.migration.Checkpoint;
import dev.heddle.core.migration.MigrationPhase;
import dev.heddle.core.migration.MigrationPlan;
import dev.heddle.core.migration.MigrationProgress;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Plan, progress and checkpoint as JSON. */
@RegisterForReflection(
        targets = {
            MigrationPlan.class,
            MigrationPlan.Side.class,
            MigrationPlan.Pace.class,
            MigrationPlan.Mode.class,
            MigrationPlan.OnConflict.class,
            MigrationPlan.Transport.class,
            MigrationPhase.class,
            MigrationProgress.class,
            MigrationProgress.Objects.class,
            MigrationProgress.Differences.class,
            MigrationProgress.Outcome.class,
            Checkpoint.class,
            Checkpoint.Start.class,
            Checkpoint.Run.class,
            Checkpoint.Key.class,
            Checkpoint.OpenPlace.class,
            Checkpoint.OpenRange.class,
            Checkpoint.Activated.class,
            Checkpoint.Counters.class
        })
public final class MigrationDocuments {
    /** Strict: a field that is not known is one that would not be heeded. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private MigrationDocuments() {}

    public static String write(Object document) {
        try {
            return JSON.writeValueAsString(document);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    public static MigrationPlan plan(String json) throws MigrationException {
        return read(
                json,
                "plan",
                JSON.readerFor(MigrationPlan.class).without(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES));
    }

    /** A controller of another version may know fewer fields. */
    public static MigrationProgress progress(String json) throws MigrationException {
        return read(
                json,
                "progress",
                JSON.readerFor(MigrationProgress.class).without(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES));
    }

    public static Checkpoint checkpoint(String json) throws MigrationException {
        var checkpoint = (Checkpoint) read(json, "checkpoint", JSON.readerFor(Checkpoint.class));
        if (checkpoint.version() != Checkpoint.VERSION) {
            throw new MigrationException.Malformed(
                    "checkpoint of format %d, not %d".formatted(checkpoint.version(), Checkpoint.VERSION));
        }
        if (checkpoint.id() == null
                || checkpoint.phase() == null
                || checkpoint.start() == null
                || checkpoint.done() == null
                || checkpoint.open() == null
                || checkpoint.activated() == null
                || checkpoint.counters() == null) {
            throw new MigrationException.Malformed("checkpoint with parts missing");
        }
        return checkpoint;
    }

    private static <T> T read(String json, String what, ObjectReader reader) throws MigrationException {
        try {
            T value = reader.readValue(json);
            if (value == null) {
                throw new MigrationException.Malformed("the %s is empty".formatted(what));
            }
            return value;
        } catch (JsonProcessingException unreadable) {
            throw new MigrationException.Malformed(
                    "the %s cannot be understood: %s".formatted(what, unreadable.getOriginalMessage()));
        }
    }
}
