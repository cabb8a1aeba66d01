/** Tests of the shared library of dependents. */
package dev.heddle.dependent;
