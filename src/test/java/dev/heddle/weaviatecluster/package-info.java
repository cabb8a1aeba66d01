/** The controller against a real API server, under the rules that are shipped, with simulated pods and Weaviate. */
package dev.heddle.weaviatecluster;
