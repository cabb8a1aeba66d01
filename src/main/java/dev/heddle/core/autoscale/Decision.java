package dev.heddle.core.autoscale;

import java.time.Instant;
import java.util.Optional;

/**
 * The number of nodes, as it stands in the status.
 *
 * @param reason why it is this number
 * @param scaledAt when it was last changed; empty where it never was
 */
public record Decision(int nodes, String reason, Optional<Instant> scaledAt) {}
