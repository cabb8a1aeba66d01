package dev.heddle.registry;

/**
 * A repository of a registry.
 *
 * @param host host and port as in image names; docker.io for names without
 * @param path path below the host
 */
public record Repository(String host, String path) {

    /** @param name as in an image name, without tag and digest, for example registry.example.com/team/weaviate */
    public static Repository of(String name) {
        int slash = name.indexOf('/');
        var first = slash < 0 ? "" : name.substring(0, slash);
        if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
            return new Repository(first, name.substring(slash + 1));
        }
        return new Repository("docker.io", slash < 0 ? "library/" + name : name);
    }

    @Override
    public String toString() {
        return host + "/" + path;
    }
}
