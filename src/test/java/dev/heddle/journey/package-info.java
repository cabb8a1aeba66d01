/**
 * The users' journeys: the operator from its image and chart, on a real node with real Weaviate pods, and faults.
 * What they need is what {@code local/test} starts; the image is the one of {@code HEDDLE_IMAGE}.
 */
package dev.heddle.journey;
