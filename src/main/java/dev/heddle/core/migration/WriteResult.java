package dev.heddle.core.migration;

import java.util.Map;
import java.util.UUID;

/** What became of a batch. @param errors the server's words for each object that it did not take */
public record WriteResult(Map<UUID, String> errors) {
    public static final WriteResult ALL = new WriteResult(Map.of());
}
