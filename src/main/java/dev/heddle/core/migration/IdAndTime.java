package dev.heddle.core.migration;

import java.util.UUID;

/** @param updated milliseconds since 1970, by the server's clock */
public record IdAndTime(UUID id, long updated) {}
