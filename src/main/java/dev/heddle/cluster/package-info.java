/**
 * The controller of {@code Cluster}, the short form: reads registry and what is to be adopted, hands one WeaviateCluster
 * to its own controller, mirrors its status. Decisions are in {@code core.shortform} and {@code core.version}.
 */
package dev.heddle.cluster;
