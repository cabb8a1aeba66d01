package dev.heddle.core.migrationjob;

/**
 * Why a migration cannot go on now.
 *
 * @param passes whether it may pass without a person
 */
public record Obstacle(String reason, String message, boolean passes) {}
