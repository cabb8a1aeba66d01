/**
 * Decides what a Weaviate cluster should be: spec and observation in, {@link dev.heddle.core.cluster.ClusterPlan} out.
 * Pure: no client, no clock, no I/O. How a decision looks as a Kubernetes object is the manifest package's.
 */
package dev.heddle.core.cluster;
