package dev.heddle.core.manifest;

import dev.heddle.core.cluster.ClusterPlan;
import dev.heddle.core.cluster.Credentials;
import dev.heddle.core.common.Labels;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/** The Secret with the generated keys; people read {@code api-key} from it. */
public final class AuthSecretManifest {
    /** The admin's API key; absent where users are given by reference. */
    public static final String ADMIN_KEY = "api-key";

    public static final String OPERATOR_KEY = "operator-api-key";
    public static final String KEYS = "allowed-keys";
    public static final String USERS = "users";
    public static final String CLUSTER_USER = "cluster-username";
    public static final String CLUSTER_PASSWORD = "cluster-password";
    /** Keeps the admin's key while users come from elsewhere, so that it is the same afterwards. */
    public static final String RESERVED_ADMIN_KEY = "reserved-api-key";

    private AuthSecretManifest() {}

    public static Map<String, Secret> of(ClusterPlan plan) {
        var data = new TreeMap<String, String>();
        data.put(
                plan.auth().admin() ? ADMIN_KEY : RESERVED_ADMIN_KEY,
                encoded(plan.credentials().adminKey()));
        data.put(OPERATOR_KEY, encoded(plan.credentials().operatorKey()));
        data.put(KEYS, encoded(plan.auth().keys()));
        data.put(USERS, encoded(plan.auth().users()));
        data.put(CLUSTER_USER, encoded(Credentials.CLUSTER_USER));
        data.put(CLUSTER_PASSWORD, encoded(plan.credentials().clusterPassword()));
        return Children.byName(new SecretBuilder()
                .withMetadata(
                        Children.metadata(plan, plan.names().authSecret(), Labels.of(plan.names(), Labels.DATABASE))
                                .build())
                .withType("Opaque")
                .withData(data)
                .build());
    }

    private static String encoded(String value) {
        return Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8));
    }
}
