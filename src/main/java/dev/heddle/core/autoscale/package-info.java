/**
 * How many nodes the load asks for, and how large they are to be: samples in, decisions out. What reads the samples, and
 * what carries a decision out, is elsewhere.
 */
package dev.heddle.core.autoscale;
