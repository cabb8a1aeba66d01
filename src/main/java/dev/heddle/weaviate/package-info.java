/**
 * Weaviate's REST API: the port, its HTTP adapter, and the replies as records. Knows nothing of Kubernetes; callers
 * get a value or a {@link dev.heddle.weaviate.WeaviateException}, always within the timeout.
 */
package dev.heddle.weaviate;
