/** Decides for the short form, {@code Cluster}: what its WeaviateCluster is to say, and what is to be told of it. Pure. */
package dev.heddle.core.shortform;
