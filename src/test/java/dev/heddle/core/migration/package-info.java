/** Decisions of migrations as tables. */
package dev.heddle.core.migration;
