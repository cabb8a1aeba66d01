package dev.heddle.core.restore;

import java.util.List;

/** What a comparison of the cluster with the backup showed. */
public sealed interface ProofReport {

    record NotAsked() implements ProofReport {}

    /** @param notes what people should know all the same */
    record Compared(List<String> problems, List<String> notes) implements ProofReport {
        public Compared {
            problems = List.copyOf(problems);
            notes = List.copyOf(notes);
        }
    }

    /** No comparison was possible. @param person whether only a person can help */
    record Unknown(String reason, String message, boolean person) implements ProofReport {}
}
