/** Backups, decided without asking anybody: whether one is complete. Pure. */
package dev.heddle.core.backup;
