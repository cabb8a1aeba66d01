/**
 * The controller of WeaviateCluster: observes, plans, applies, reports. Decisions are core's; here are the caches, the
 * calls, and one small dependent for each kind of child.
 */
package dev.heddle.weaviatecluster;
