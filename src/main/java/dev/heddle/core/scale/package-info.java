/** How many nodes a cluster has, and why. Pure arithmetic; knows nothing of Kubernetes. */
package dev.heddle.core.scale;
