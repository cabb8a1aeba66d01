/** Restores are tried against tables, and against a simulated Weaviate that dies. */
package dev.heddle.core.restore;
