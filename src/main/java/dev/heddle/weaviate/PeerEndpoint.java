package dev.heddle.weaviate;

/** The cluster API of one node, as its peers use it. @param password of basic auth, which older versions ignore */
public record PeerEndpoint(String host, int port, String user, String password) {
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
