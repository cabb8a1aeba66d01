package dev.heddle.bucket;

import dev.heddle.core.backup.BackupContents;
import dev.heddle.core.backup.BackupDescriptor;
import dev.heddle.core.backup.NodeDescriptor;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.CommonPrefix;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * Backups in S3, at Amazon or on a server of one's own. Keeps connections, and nothing of what it read. A singleton, because
 * the proxy of another scope would make clients of its own.
 */
@Singleton
public class S3BackupStore implements BackupStore {
    /** What Weaviate accepts. Anything else could point to what is no backup. */
    private static final Pattern ID = Pattern.compile("[a-z0-9_-]+");

    private static final String COORDINATOR = "backup_config.json";
    private static final String RESTORATION = "restore_config.json";
    private static final String NODE = "backup.json";
    /** Some hundred bytes for each node and collection. */
    private static final long MOST_COORDINATOR_BYTES = 64L << 20;
    /** Some kilobytes for each shard; a tenant is a shard. */
    private static final long MOST_NODE_BYTES = 1L << 30;
    /** Names and sizes are held in memory; at ten megabytes a chunk this is a backup of two terabytes. */
    private static final int MOST_OBJECTS = 200_000;

    private final S3Clients clients;
    private final Limits limits;

    public S3BackupStore() {
        this(Limits.USUAL);
    }

    S3BackupStore(Limits limits) {
        this.limits = limits;
        this.clients = new S3Clients(limits);
    }

    @PreDestroy
    void close() {
        clients.close();
    }

    @Override
    public List<String> ids(BucketLocation where) throws BucketException {
        var session = session(where);
        return session.run(() -> {
            var ids = new TreeSet<String>();
            for (ListObjectsV2Response page : session.pages(where.key(""), "/")) {
                session.goesOn();
                for (CommonPrefix folder : page.commonPrefixes()) {
                    var path = folder.prefix().substring(where.key("").length());
                    var id = path.substring(0, path.length() - 1);
                    if (ID.matcher(id).matches() && session.exists(where.key(id + "/" + COORDINATOR))) {
                        ids.add(id);
                    }
                }
            }
            return List.copyOf(ids);
        });
    }

    @Override
    public Optional<BackupContents> read(BucketLocation where, String id) throws BucketException {
        valid(id);
        var session = session(where);
        return session.run(() -> {
            var read = session.descriptor(id + "/" + COORDINATOR, MOST_COORDINATOR_BYTES, Descriptors::coordinator);
            if (read.isEmpty()) {
                return Optional.empty();
            }
            BackupDescriptor coordinator = read.get();
            var nodes = new HashMap<String, NodeDescriptor>();
            var bases = new TreeSet<String>();
            for (var node : new TreeSet<>(coordinator.nodes().keySet())) {
                var key = "%s/%s/%s".formatted(id, node, NODE);
                var descriptor = session.descriptor(key, MOST_NODE_BYTES, Descriptors::node);
                descriptor.ifPresent(there -> {
                    nodes.put(node, there);
                    there.collections()
                            .forEach(collection ->
                                    bases.addAll(collection.borrowed().keySet()));
                });
            }
            // After the descriptors: what they name was written before them.
            var objects = new HashMap<String, Long>();
            list(session, where, id, objects);
            for (var base : bases) {
                if (ID.matcher(base).matches()) {
                    list(session, where, base, objects);
                }
            }
            return Optional.of(new BackupContents(id, coordinator, nodes, objects));
        });
    }

    @Override
    public Optional<BackupDescriptor> restoration(BucketLocation where, String id) throws BucketException {
        valid(id);
        var session = session(where);
        return session.run(
                () -> session.descriptor(id + "/" + RESTORATION, MOST_COORDINATOR_BYTES, Descriptors::coordinator));
    }

    private static void list(S3Session session, BucketLocation where, String id, Map<String, Long> objects)
            throws BucketException {
        for (ListObjectsV2Response page : session.pages(where.key(id + "/"), "")) {
            session.goesOn();
            for (S3Object object : page.contents()) {
                objects.put(object.key().substring(where.key("").length()), object.size());
            }
            if (objects.size() > MOST_OBJECTS) {
                throw new BucketException.Malformed("%s/%s has more than %d objects: too many to look through"
                        .formatted(where.url(), id, MOST_OBJECTS));
            }
        }
    }

    @Override
    public void delete(BucketLocation where, String id) throws BucketException {
        valid(id);
        var session = session(where);
        session.run(() -> {
            // Before the objects: an upload that ends meanwhile has become one.
            session.abortUploads(where.key(id + "/"));
            for (ListObjectsV2Response page : session.pages(where.key(id + "/"), "")) {
                session.goesOn();
                var keys = new ArrayList<ObjectIdentifier>();
                page.contents()
                        .forEach(object -> keys.add(
                                ObjectIdentifier.builder().key(object.key()).build()));
                session.delete(keys);
            }
            return null;
        });
    }

    private S3Session session(BucketLocation where) throws BucketException {
        try {
            return new S3Session(clients.of(where), where, limits);
        } catch (SdkException unusable) {
            throw S3Failure.of(where, unusable);
        }
    }

    private static void valid(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("\"%s\" is no id of a backup".formatted(id));
        }
    }
}
