package dev.heddle.weaviate;

/** One Weaviate node, addressed directly. @param apiKey sent as bearer token */
public record Endpoint(String host, int port, String apiKey) {
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
