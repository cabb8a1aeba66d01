package dev.heddle.cluster;

import dev.heddle.cosign.SignedImage;
import dev.heddle.registry.LocalRegistry;
import dev.heddle.weaviatecluster.ShippedRights;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** The shipped rights, a mirror of Weaviate's registry, and a key that the operator was installed with. */
public class WithRegistry extends ShippedRights {
    static LocalRegistry registry;
    /** Of the default repository. */
    static SignedImage official;
    /** Of a repository that a Cluster names. */
    static SignedImage own;

    @Override
    public Map<String, String> start() {
        registry = new LocalRegistry(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        official = new SignedImage(registry, "semitechnologies/weaviate");
        own = new SignedImage(registry, "team/weaviate");
        var settings = new HashMap<>(super.start());
        settings.put(
                "heddle.registries",
                "cr.weaviate.io=http://%s,registry.example.com=http://%s"
                        .formatted(registry.address(), registry.address()));
        settings.put("heddle.trust.key", official.key());
        return Map.copyOf(settings);
    }

    @Override
    public void stop() {
        super.stop();
        registry.close();
    }
}
