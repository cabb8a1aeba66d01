/**
 * A cluster that the official Helm chart made and a WeaviateCluster took over: whether that is possible, what is written
 * of it (the marks, the number of nodes, the image), how it fares. Pure.
 */
package dev.heddle.core.adoption;
