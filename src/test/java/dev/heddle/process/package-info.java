/** Tests of what the process does for itself. */
package dev.heddle.process;
