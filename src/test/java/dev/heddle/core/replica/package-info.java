/** Copies of shards. */
package dev.heddle.core.replica;
