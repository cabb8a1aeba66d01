package dev.heddle.registry;

import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where registries are reached: at https under their own name, unless configured. */
public final class Addresses {
    private final Map<String, URI> configured;

    private Addresses(Map<String, URI> configured) {
        this.configured = configured;
    }

    /**
     * @param pairs host=address, for example registry.example.com=http://10.0.0.5:5000 for a mirror or a plain one
     * @throws IllegalArgumentException naming the pair that is wrong
     */
    public static Addresses of(List<String> pairs) {
        var map = new HashMap<String, URI>();
        for (var pair : pairs) {
            int equals = pair.indexOf('=');
            var address =
                    equals < 1 ? null : URI.create(pair.substring(equals + 1).strip());
            if (address == null
                    || address.getHost() == null
                    || !List.of("http", "https").contains(address.getScheme())) {
                throw new IllegalArgumentException(
                        "heddle.registries: expected host=http(s)://address, found: " + pair);
            }
            map.put(pair.substring(0, equals).strip(), address);
        }
        return new Addresses(Map.copyOf(map));
    }

    URI of(Repository repository) {
        var host = repository.host().equals("docker.io") ? "registry-1.docker.io" : repository.host();
        return configured.getOrDefault(repository.host(), URI.create("https://" + host));
    }
}
