package dev.heddle.core.manifest;

import dev.heddle.core.Samples;
import dev.heddle.core.Seen;
import dev.heddle.core.cluster.ClusterPlanner;
import dev.heddle.core.cluster.ClusterPlanner.Outcome;
import dev.heddle.core.gpu.GpuInventory;
import dev.heddle.core.gpu.GpuInventory.GpuNode;
import dev.heddle.core.status.ClusterHealth;
import dev.heddle.core.status.ClusterStatusBuilder;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Specs that nobody would write: the planner always has an answer, and what it wants is sound. */
class RandomSpecsTest {
    private static final List<String> MODULES = Stream.concat(
                    Samples.SETTINGS.catalog().inference().keySet().stream().sorted(),
                    Stream.of("text2vec-openai", "generative-cohere", "text2vec-aws", "no-such-module"))
            .toList();

    /** Each 50 specs; the seed is the name of the failing case. */
    static IntStream seeds() {
        return IntStream.range(0, 20);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void areAnsweredWithSoundManifests(int seed) {
        var random = new Random(seed);
        for (int round = 0; round < 50; round++) {
            var seen = seen(random);
            var cluster = Samples.cluster(seen.spec());
            var status = new ClusterStatusBuilder(cluster, Samples.NOW);
            switch (ClusterPlanner.plan(cluster, seen.build(), Samples.SETTINGS)) {
                case Outcome.Invalid invalid ->
                    status.invalid(
                            invalid.findings(), seen.build(), ClusterHealth.observed(cluster, seen.build()), false);
                case Outcome.Planned planned -> {
                    SoundManifests.check(AllManifests.of(planned.plan()));
                    status.planned(planned.plan(), seen.build(), ClusterHealth.of(planned.plan(), seen.build()));
                }
            }
        }
    }

    private static Seen seen(Random random) {
        var seen = new Seen(Samples.spec(spec(random)));
        if (random.nextBoolean()) {
            seen.with(Samples.secret("known", Map.of("key", "value", "alice", "alice-key")));
        }
        if (random.nextBoolean()) {
            seen.with(new GpuInventory(IntStream.range(0, random.nextInt(5))
                    .mapToObj(index -> new GpuNode(
                            "node-" + index,
                            one(random, "nvidia.com/gpu", "amd.com/gpu", "gpu.intel.com/xe"),
                            random.nextInt(4),
                            4,
                            one(random, "", "A10", "T4"),
                            random.nextLong(64L << 30),
                            random.nextBoolean() ? Map.of() : Map.of("gpu", one(random, "", "yes"))))
                    .toList()));
        }
        return random.nextBoolean() ? seen : seen.with(Set.<String>of());
    }

    private static Map<String, Object> spec(Random random) {
        var spec = new LinkedHashMap<String, Object>();
        spec.put("version", one(random, "1.25.0", "1.27.0", "1.29.3", "1.35.2", "1.38.2", "2.0.0"));
        maybe(random, spec, "replicas", 1 + random.nextInt(100));
        maybe(
                random,
                spec,
                "resources",
                Map.of("limits", Map.of("memory", one(random, "1Gi", "512M", "100", "1.5Gi"))));
        maybe(random, spec, "storage", storage(random));
        maybe(random, spec, "modules", modules(random));
        maybe(random, spec, "gpu", gpu(random));
        maybe(random, spec, "scheduling", Map.of("spread", one(random, "Zone", "Node", "None")));
        maybe(random, spec, "auth", auth(random));
        maybe(random, spec, "cloudProvider", cloud(random));
        maybe(
                random,
                spec,
                "serviceMesh",
                Map.of(
                        "enabled",
                        random.nextBoolean(),
                        "type",
                        one(random, "istio", "linkerd"),
                        "mTLS",
                        random.nextBoolean()));
        maybe(random, spec, "backup", random.nextBoolean() ? Map.of() : Map.of("s3", s3(random)));
        maybe(
                random,
                spec,
                "monitoring",
                Map.of("enabled", random.nextBoolean(), "serviceMonitor", random.nextBoolean()));
        maybe(random, spec, "networkPolicy", Map.of("enabled", random.nextBoolean()));
        maybe(random, spec, "env", List.of(Map.of("name", "LOG_LEVEL", "value", "debug"), secretVariable(random)));
        maybe(random, spec, "podLabels", Map.of("a", "b"));
        maybe(random, spec, "serviceAccountName", "own");
        maybe(random, spec, "service", Map.of("type", one(random, "ClusterIP", "NodePort", "LoadBalancer")));
        maybe(random, spec, "access", access(random));
        return spec;
    }

    private static Map<String, Object> storage(Random random) {
        var storage = new LinkedHashMap<String, Object>();
        maybe(random, storage, "size", one(random, "1", "10Gi", "1.1Gi", "0.1Ti", "1500m", "1024Mi", "100G"));
        maybe(random, storage, "storageClassName", "own");
        maybe(random, storage, "volumeClaimTemplate", Map.of("accessModes", List.of("ReadWriteOncePod")));
        return storage;
    }

    private static List<Object> modules(Random random) {
        var modules = new ArrayList<Object>();
        for (var name : MODULES) {
            if (random.nextInt(3) == 0) {
                var module = new LinkedHashMap<String, Object>();
                module.put("name", name);
                maybe(random, module, "enabled", random.nextInt(4) != 0);
                maybe(random, module, "replicas", 1 + random.nextInt(3));
                maybe(random, module, "gpu", gpu(random));
                maybe(random, module, "resources", Map.of("memory", "1Gi", "limits", Map.of("nvidia.com/gpu", "1")));
                maybe(random, module, "config", config(random));
                modules.add(module);
            }
        }
        return modules;
    }

    private static Map<String, Object> config(Random random) {
        var config = new LinkedHashMap<String, Object>();
        for (var key : List.of(
                "apiKey", "OPENAI_APIKEY", "HOME", "ENABLE_CUDA", "AWS_ACCESS_KEY_ID", "LD_LIBRARY_PATH", "odd")) {
            maybe(
                    random,
                    config,
                    key,
                    random.nextBoolean()
                            ? Map.of("value", "x")
                            : Map.of("secretKeyRef", Map.of("name", one(random, "known", "missing"), "key", "key")));
        }
        return config;
    }

    private static Map<String, Object> gpu(Random random) {
        var gpu = new LinkedHashMap<String, Object>();
        maybe(random, gpu, "vendor", one(random, "nvidia", "amd", "intel"));
        maybe(random, gpu, "count", 1 + random.nextInt(4));
        maybe(random, gpu, "products", List.of(one(random, "A10", "T4", "H100")));
        maybe(random, gpu, "minMemory", one(random, "1Gi", "40Gi", "16G"));
        maybe(random, gpu, "allowCpuFallback", random.nextBoolean());
        return gpu;
    }

    private static Map<String, Object> auth(Random random) {
        var auth = new LinkedHashMap<String, Object>();
        maybe(random, auth, "apiKeys", Map.of("secretRef", Map.of("name", one(random, "known", "missing"))));
        maybe(random, auth, "oidc", Map.of("issuer", "https://login.example", "skipClientIdCheck", true));
        maybe(random, auth, "rbac", Map.of("enabled", random.nextBoolean(), "rootUsers", List.of("alice", "admin")));
        maybe(random, auth, "anonymous", random.nextBoolean());
        return auth;
    }

    private static Map<String, Object> cloud(Random random) {
        var type = one(random, "aws", "gcp", "azure");
        var cloud = new LinkedHashMap<String, Object>();
        cloud.put("type", type);
        maybe(random, cloud, "region", "eu-1");
        maybe(
                random,
                cloud,
                type,
                switch (type) {
                    case "aws" ->
                        Map.of(
                                "ebsOptimized",
                                random.nextBoolean(),
                                "useLocalNVMe",
                                true,
                                "instanceType",
                                "c5.large",
                                "backup",
                                Map.of("bucket", "abc"));
                    case "gcp" -> Map.of("useLocalSSD", random.nextBoolean(), "backup", Map.of("bucket", "abc"));
                    default -> Map.of("usePremiumStorage", random.nextBoolean(), "vmSize", "E8");
                });
        return cloud;
    }

    private static Map<String, Object> s3(Random random) {
        var s3 = new LinkedHashMap<String, Object>();
        s3.put("bucket", "abc");
        maybe(random, s3, "endpoint", one(random, "http://minio:9000", "minio", "https://minio"));
        maybe(random, s3, "credentialsSecretRef", Map.of("name", one(random, "known", "missing")));
        return s3;
    }

    private static Map<String, Object> secretVariable(Random random) {
        var reference = Map.of("name", one(random, "known", "missing"), "key", "key");
        return Map.of("name", one(random, "A", "AWS_REGION"), "valueFrom", Map.of("secretKeyRef", reference));
    }

    private static List<Object> access(Random random) {
        return List.of(Map.of(
                "role",
                one(random, "viewer", "debugger"),
                "subjects",
                List.of(Map.of("kind", one(random, "User", "Group", "ServiceAccount"), "name", "x"))));
    }

    private static void maybe(Random random, Map<String, Object> tree, String key, Object value) {
        if (random.nextBoolean()) {
            tree.put(key, value);
        }
    }

    private static String one(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }
}
