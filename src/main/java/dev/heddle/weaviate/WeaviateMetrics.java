package dev.heddle.weaviate;

/** What a node tells on its metrics port, which asks for no key. */
public interface WeaviateMetrics {
    /** @param endpoint its metrics port; the key is not sent */
    Traffic traffic(Endpoint endpoint) throws WeaviateException;
}
