/**
 * The controller of Migration: reads clusters, Secrets and the Job, makes the Job, and tells. What to do is decided in
 * core.migrationjob, and what the Job does in the package migrate.
 */
package dev.heddle.migration;
