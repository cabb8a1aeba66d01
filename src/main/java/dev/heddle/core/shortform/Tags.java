package dev.heddle.core.shortform;

import java.util.List;

/** Versions that a registry has. */
public sealed interface Tags {

    /** No repository is named. */
    record NotAsked() implements Tags {}

    record Read(List<String> tags) implements Tags {}

    /** The registry could not be read; the catalog is what there is. */
    record Failed(String why) implements Tags {}
}
