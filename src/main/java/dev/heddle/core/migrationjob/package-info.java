/**
 * The Job of a migration: when it runs and with what, how it fares, and what is told of it. What the Job itself does is
 * decided in {@code core.migration}.
 */
package dev.heddle.core.migrationjob;
