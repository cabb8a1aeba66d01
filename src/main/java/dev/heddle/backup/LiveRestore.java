package dev.heddle.backup;

import dev.heddle.bucket.BackupStore;
import dev.heddle.bucket.BucketException;
import dev.heddle.core.backup.BackupContents;
import dev.heddle.core.backup.BackupDescriptor;
import dev.heddle.core.backup.RunReport;
import dev.heddle.core.restore.FitReport;
import dev.heddle.core.restore.PresenceReport;
import dev.heddle.core.restore.ProofReport;
import dev.heddle.core.restore.RestoreFit;
import dev.heddle.core.restore.RestoreFitness;
import dev.heddle.core.restore.RestoreOrder;
import dev.heddle.core.restore.RestoreOrigin;
import dev.heddle.core.restore.RestoreProgress;
import dev.heddle.core.restore.RestoreProof;
import dev.heddle.core.restore.RestoreTurn;
import dev.heddle.weaviate.BackupPlace;
import dev.heddle.weaviate.BackupReply;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.RestoreRequest;
import dev.heddle.weaviate.WeaviateApi;
import dev.heddle.weaviate.WeaviateException;
import dev.heddle.weaviate.WeaviateRestores;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;

/** Weaviate and the bucket of one restore. */
final class LiveRestore implements RestoreTurn.World {
    private static final Logger LOG = Logger.getLogger(LiveRestore.class);
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;
    /** All other refusals may pass: one of them is that a node that restarted is not resolved yet. */
    private static final List<String> HOPELESS =
            List.of("doesn't exist", "nothing left to restore", "higher version", "corrupted", "invalid backup");

    private final WeaviateApi weaviate;
    private final WeaviateRestores restores;
    private final BackupStore store;
    private final RestoreOrder order;
    private final RestoreScene scene;

    LiveRestore(
            WeaviateApi weaviate,
            WeaviateRestores restores,
            BackupStore store,
            RestoreOrder order,
            RestoreScene scene) {
        this.weaviate = weaviate;
        this.restores = restores;
        this.store = store;
        this.order = order;
        this.scene = scene;
    }

    /** What the bucket holds could not be read. */
    private static final class Unread extends Exception {
        private final String reason;
        private final boolean person;

        Unread(String reason, String message, boolean person) {
            super(message, null, false, false);
            this.reason = reason;
            this.person = person;
        }
    }

    @Override
    public FitReport check() {
        try {
            var contents = contents();
            var former = restoration().map(BackupDescriptor::startedAt);
            return RestoreFitness.of(
                            order, contents, target().facts(scene.around().pods()))
                    .after(former);
        } catch (Unread unread) {
            return new FitReport.Unfit(unread.reason, unread.getMessage(), unread.person);
        } catch (WeaviateException silent) {
            return new FitReport.Unfit("WeaviateUnreachable", silent.getMessage(), false);
        }
    }

    /** Its coordinator; where that is gone, another node, which reads the bucket. */
    @Override
    public RunReport poll(RestoreProgress progress) {
        var node = scene.around().pods().endpoint(progress.coordinator()).or(() -> scene.around()
                .pods()
                .any());
        if (node.isEmpty()) {
            return new RunReport.Unknown("No node of the cluster can be asked.");
        }
        try {
            var reply = restores.restoration(node.get(), place());
            return ours(progress) ? report(reply) : new RunReport.Absent();
        } catch (WeaviateException.Refused refused) {
            return refused.status() == NOT_FOUND ? new RunReport.Absent() : new RunReport.Unknown(refused.getMessage());
        } catch (WeaviateException silent) {
            return new RunReport.Unknown(silent.getMessage());
        } catch (Unread unread) {
            return new RunReport.Unknown(unread.getMessage());
        }
    }

    /** Weaviate does not say of which restore it speaks. It writes that into the bucket before it answers the request. */
    private boolean ours(RestoreProgress progress) throws Unread {
        var former = progress.fit().flatMap(RestoreFit::former);
        return restoration()
                .filter(last -> !former.equals(Optional.of(last.startedAt())))
                .isPresent();
    }

    private static RunReport report(BackupReply reply) {
        var error = Objects.requireNonNullElse(reply.error(), "Weaviate gives no reason.");
        return switch (String.valueOf(reply.status())) {
            case "SUCCESS" -> new RunReport.Succeeded();
            case "FAILED" -> new RunReport.Failed(error);
            case "CANCELED" -> new RunReport.Canceled(error);
            case "null" -> new RunReport.Unknown("Weaviate answers without a status.");
            default -> new RunReport.Going(reply.status());
        };
    }

    @Override
    public RunReport post(RestoreProgress progress) {
        var node = scene.around().pods().endpoint(progress.coordinator());
        if (node.isEmpty()) {
            return new RunReport.Unknown("Node %s does not serve.".formatted(progress.node()));
        }
        try {
            restores.restore(node.get(), place(), request(progress));
            return new RunReport.Going("STARTED");
        } catch (WeaviateException.Refused refused) {
            return refused(refused);
        } catch (WeaviateException silent) {
            return new RunReport.Unknown(silent.getMessage());
        } catch (Unread unread) {
            return new RunReport.Unknown(unread.getMessage());
        }
    }

    private RestoreRequest request(RestoreProgress progress) throws Unread {
        var renamed = new TreeMap<String, String>();
        progress.fit().map(RestoreFit::mapping).orElse(Map.of()).forEach((from, to) -> {
            if (!from.equals(to)) {
                renamed.put(from, to);
            }
        });
        return new RestoreRequest(
                RestoreFitness.collections(order, contents()),
                renamed,
                order.roles(),
                order.users(),
                order.overwriteAliases(),
                order.cpuPercentage());
    }

    /** Weaviate tells these cases apart by words only (1.35.2 and 1.36.0). */
    private static RunReport refused(WeaviateException.Refused refused) {
        var words = refused.getMessage();
        if (refused.status() == NOT_FOUND) {
            return new RunReport.Barred("The cluster's nodes do not find the backup in the bucket: " + words);
        }
        if (refused.status() != UNPROCESSABLE) {
            return new RunReport.Unknown(words);
        }
        if (words.contains("already in progress")) {
            return new RunReport.Busy("Another restore goes on, or one that ended is not forgotten yet: " + words);
        }
        if (words.contains("find backup") || words.contains("init uploader")) {
            return new RunReport.Barred(words);
        }
        return HOPELESS.stream().anyMatch(words::contains)
                ? new RunReport.Refused(words)
                : new RunReport.Hindered(words);
    }

    @Override
    public void cancel(RestoreProgress progress) {
        var node = scene.around().pods().endpoint(progress.coordinator()).or(() -> scene.around()
                .pods()
                .any());
        if (node.isPresent()) {
            try {
                restores.cancelRestore(node.get(), place());
            } catch (WeaviateException problem) {
                LOG.infof("The restore of %s was not cancelled: %s", place().id(), problem.getMessage());
            }
        }
    }

    @Override
    public PresenceReport look(RestoreProgress progress) {
        try {
            return target().presence(RestoreFitness.collections(order, contents()));
        } catch (Unread unread) {
            return new PresenceReport.Unknown(unread.getMessage());
        } catch (WeaviateException silent) {
            return new PresenceReport.Unknown(silent.getMessage());
        }
    }

    @Override
    public ProofReport prove(RestoreProgress progress) {
        try {
            var contents = contents();
            var arrived = target().arrived(RestoreFitness.collections(order, contents));
            return RestoreProof.of(
                    order, contents, progress.fit().map(RestoreFit::mapping).orElse(Map.of()), arrived);
        } catch (Unread unread) {
            return new ProofReport.Unknown(unread.reason, unread.getMessage(), unread.person);
        } catch (WeaviateException silent) {
            return new ProofReport.Unknown("WeaviateUnreachable", silent.getMessage(), false);
        }
    }

    private TargetCluster target() throws WeaviateException {
        Endpoint node = scene.around()
                .pods()
                .any()
                .orElseThrow(() -> new WeaviateException.Unreachable(
                        new Endpoint(order.cluster(), 0, ""), "no node of the cluster serves"));
        return new TargetCluster(weaviate, restores, node);
    }

    private BackupContents contents() throws Unread {
        return read(() -> store.read(scene.around().location(), origin().id()))
                .orElseThrow(() -> new Unread(
                        "BackupMissing",
                        "There is no backup %s in the bucket: correct the id, the bucket or its prefix."
                                .formatted(origin().id()),
                        true));
    }

    private Optional<BackupDescriptor> restoration() throws Unread {
        return read(() -> store.restoration(scene.around().location(), origin().id()));
    }

    private interface Question<T> {
        T ask() throws BucketException, Locations.Unusable;
    }

    private static <T> T read(Question<T> question) throws Unread {
        try {
            return question.ask();
        } catch (Locations.Unusable unusable) {
            var trouble = BucketTrouble.of(unusable);
            throw new Unread(trouble.reason(), trouble.message(), trouble.person());
        } catch (BucketException.Malformed strange) {
            throw new Unread("BackupUnreadable", strange.getMessage(), true);
        } catch (BucketException problem) {
            var trouble = BucketTrouble.of(problem);
            throw new Unread(trouble.reason(), trouble.message(), trouble.person());
        }
    }

    private RestoreOrigin.Known origin() {
        return scene.origin().orElseThrow();
    }

    private BackupPlace place() {
        return new BackupPlace(
                "s3",
                origin().id(),
                scene.around()
                        .elsewhere()
                        .map(name -> new BackupPlace.Other(
                                name.bucket(), name.prefix().orElse(""))));
    }
}
