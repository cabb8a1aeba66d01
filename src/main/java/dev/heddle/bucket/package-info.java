/** Backups in S3 buckets: reads what lies there and deletes it. Knows no Kubernetes; writes nothing. */
package dev.heddle.bucket;
