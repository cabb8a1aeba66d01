package dev.heddle.core.migration;

import java.util.UUID;

/** A cross reference of an object. @param beacon of the object that it leads to */
public record Reference(UUID from, String property, String beacon) {}
