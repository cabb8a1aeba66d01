/** Tests of the Job of a migration. */
package dev.heddle.core.migrationjob;
