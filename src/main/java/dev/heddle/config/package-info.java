/**
 * The only package that reads configuration and class path resources, and the producers of what others get injected:
 * clock, catalog, leader election, metrics.
 */
package dev.heddle.config;
