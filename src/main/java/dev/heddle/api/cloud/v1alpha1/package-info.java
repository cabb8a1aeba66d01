/**
 * The custom resources of group cloud.weaviate.io, version v1alpha1: short forms for those who do not want to know every
 * field of a WeaviateCluster, one record per block. No logic; blocks that mean the same are those of weaviate.io.
 */
package dev.heddle.api.cloud.v1alpha1;
