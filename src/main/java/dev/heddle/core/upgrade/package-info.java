/**
 * How a cluster gets from one version to another, and one configuration to another: rungs, pods, when to turn back.
 * Pure state machines; may know {@code api} and {@code core.common} only, so that all others may ask them.
 */
package dev.heddle.core.upgrade;
