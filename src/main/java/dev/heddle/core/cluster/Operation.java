package dev.heddle.core.cluster;

import dev.heddle.api.weaviate.v1.ClusterPhase;

/**
 * Long work on a cluster that serves meanwhile: a scale, an upgrade, a resize. Read off what is there in every
 * reconcile, never remembered, so that it goes on after a crash of the operator; there is at most one.
 *
 * @param phase what the status shows
 * @param reason CamelCase, of the condition Reconciling
 * @param message how far it is and what it waits for
 */
public record Operation(ClusterPhase phase, String reason, String message) {}
