/** Tests of the controller of Migration. */
package dev.heddle.migration;
