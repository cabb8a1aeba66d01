/** Tests of {@code core.autoscale}: tables, and a day of load played through the real planner. */
package dev.heddle.core.autoscale;
