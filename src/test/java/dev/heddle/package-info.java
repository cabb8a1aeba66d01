/** Rules that hold for the whole program. */
package dev.heddle;
