package dev.heddle.migration;

import dev.heddle.weaviatecluster.ShippedRights;
import java.util.HashMap;
import java.util.Map;

/** The shipped rights, and an image that the operator believes to be its own. */
public class WithOwnImage extends ShippedRights {
    static final String IMAGE = "registry.example.com/heddle:it";

    @Override
    public Map<String, String> start() {
        var settings = new HashMap<>(super.start());
        settings.put("heddle.operator-image", IMAGE);
        return Map.copyOf(settings);
    }
}
