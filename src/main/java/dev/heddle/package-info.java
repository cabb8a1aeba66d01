/** The entry point and its commands. Nothing else may live here: every concern has a package of its own. */
package dev.heddle;
