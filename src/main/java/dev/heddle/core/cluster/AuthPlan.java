package dev.heddle.core.cluster;

/**
 * API keys as Weaviate gets them.
 *
 * @param users user names, comma separated, in the order of the keys
 * @param keys API keys, comma separated
 * @param admin whether the generated user admin is among them
 */
public record AuthPlan(String users, String keys, boolean admin) {
    @Override
    public String toString() {
        return "AuthPlan[users=" + users + "]";
    }
}
