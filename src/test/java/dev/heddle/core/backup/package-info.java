/** Backups: their schedules, retention and proof. */
package dev.heddle.core.backup;
