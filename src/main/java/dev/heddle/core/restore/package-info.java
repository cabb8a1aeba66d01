/** Restores: whether a backup fits a cluster, what to do next, and whether everything has arrived. */
package dev.heddle.core.restore;
