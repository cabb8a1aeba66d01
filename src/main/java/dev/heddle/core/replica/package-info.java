/** Copies of shards: which are lost, and which have caught up. */
package dev.heddle.core.replica;
