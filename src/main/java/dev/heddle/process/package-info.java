/** What the process does for itself, such as giving memory back. Knows nothing of Kubernetes or Weaviate. */
package dev.heddle.process;
