/** Backups decided: when one is taken and what is kept, and whether what lies in a bucket is whole. */
package dev.heddle.core.backup;
