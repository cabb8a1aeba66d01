package dev.heddle.core.shortform;

import dev.heddle.core.scale.WritePausing;
import java.util.List;

/** What a WeaviateCluster says, with the fields that the user of a Cluster has. */
final class ShortFormWords {
    private record Word(String child, String own) {}

    /** The longer before what it contains. */
    private static final List<Word> WORDS = List.of(
            new Word(WritePausing.ALLOW + " Or", "A Cluster cannot pause them:"),
            new Word(WritePausing.ALLOW, "A Cluster cannot pause them."),
            new Word("spec.replicas", "spec.instances"),
            new Word("spec.storage.autoResize", "spec.storage.autoResizePolicy"),
            new Word("spec.storage.size", "spec.storage.requests"),
            new Word("spec.autoScaling", "spec.autoscaling"),
            new Word("named in spec.adopt", "found by spec.existingClusters"),
            new Word("upgrade.timeout", "the time for one step"));

    private ShortFormWords() {}

    static String of(String message) {
        var text = message;
        for (var word : WORDS) {
            text = text.replace(word.child(), word.own());
        }
        return text;
    }
}
