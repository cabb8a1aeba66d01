/**
 * The controller of Backup: reads the cluster, its pods and Secrets, asks Weaviate and the bucket, and tells. What to do
 * is decided in core.backup.
 */
package dev.heddle.backup;
