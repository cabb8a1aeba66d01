package dev.heddle.backup;

import dev.heddle.api.cloud.v1alpha1.OnDemandBackupSpec;
import dev.heddle.bucket.BackupStore;
import dev.heddle.bucket.BucketException;
import dev.heddle.bucket.BucketLocation;
import dev.heddle.core.backup.BackupDefaults;
import dev.heddle.core.backup.BackupProgress;
import dev.heddle.core.backup.BackupProof;
import dev.heddle.core.backup.BackupTurn;
import dev.heddle.core.backup.RunReport;
import dev.heddle.core.backup.StoreReport;
import dev.heddle.weaviate.BackupOrder;
import dev.heddle.weaviate.BackupPlace;
import dev.heddle.weaviate.BackupReply;
import dev.heddle.weaviate.Endpoint;
import dev.heddle.weaviate.WeaviateBackups;
import dev.heddle.weaviate.WeaviateException;
import java.util.List;
import java.util.Objects;
import org.jboss.logging.Logger;

/** Weaviate and the bucket of one backup. */
final class LiveWorld implements BackupTurn.World {
    private static final Logger LOG = Logger.getLogger(LiveWorld.class);
    private static final int NOT_FOUND = 404;
    private static final int UNPROCESSABLE = 422;
    /** All other refusals may pass: one of them is that a node that restarted is not resolved yet. */
    private static final List<String> HOPELESS = List.of("doesn't exist", "no available classes", "invalid");

    private final WeaviateBackups weaviate;
    private final BackupStore store;
    private final OnDemandBackupSpec spec;
    private final Surroundings around;

    LiveWorld(WeaviateBackups weaviate, BackupStore store, OnDemandBackupSpec spec, Surroundings around) {
        this.weaviate = weaviate;
        this.store = store;
        this.spec = spec;
        this.around = around;
    }

    /** Its coordinator; where that is gone, another node, which reads the bucket. */
    @Override
    public RunReport poll(BackupProgress progress) {
        return around.pods()
                .endpoint(progress.coordinator())
                .or(() -> around.pods().any())
                .map(node -> poll(node, progress))
                .orElseGet(() -> new RunReport.Unknown("No node of the cluster can be asked."));
    }

    private RunReport poll(Endpoint node, BackupProgress progress) {
        try {
            return report(weaviate.status(node, place(progress)));
        } catch (WeaviateException.Refused refused) {
            return refused.status() == NOT_FOUND ? new RunReport.Absent() : new RunReport.Unknown(refused.getMessage());
        } catch (WeaviateException silent) {
            return new RunReport.Unknown(silent.getMessage());
        }
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
    public RunReport post(BackupProgress progress) {
        var node = around.pods().endpoint(progress.coordinator());
        if (node.isEmpty()) {
            return new RunReport.Unknown("Node %s does not serve.".formatted(progress.node()));
        }
        var order = new BackupOrder(
                BackupDefaults.collections(spec.include()),
                BackupDefaults.collections(spec.exclude()),
                BackupDefaults.compression(spec),
                BackupDefaults.cpuPercentage(spec));
        try {
            weaviate.begin(node.get(), place(progress), order);
            return new RunReport.Going("STARTED");
        } catch (WeaviateException.Refused refused) {
            return refused.status() == UNPROCESSABLE
                    ? refused(refused.getMessage(), node.get(), progress)
                    : new RunReport.Unknown(refused.getMessage());
        } catch (WeaviateException silent) {
            return new RunReport.Unknown(silent.getMessage());
        }
    }

    /** Weaviate tells these cases apart by words only (1.35.2 and 1.36.0). */
    private RunReport refused(String words, Endpoint node, BackupProgress progress) {
        boolean known = words.contains(progress.id().orElseThrow() + " already in progress");
        if (known || words.contains("already exists")) {
            // A node may still be booked for what its coordinator has dropped: asking on at once would go on for ever.
            var found = poll(node, progress);
            return found instanceof RunReport.Absent ? new RunReport.Hindered(words) : found;
        }
        if (words.contains("already in progress")) {
            return new RunReport.Busy("Somebody else's backup goes on: " + words);
        }
        if (words.contains("access-check")) {
            return new RunReport.Barred(words);
        }
        return HOPELESS.stream().anyMatch(words::contains)
                ? new RunReport.Refused(words)
                : new RunReport.Hindered(words);
    }

    @Override
    public void cancel(BackupProgress progress) {
        var node = around.pods().endpoint(progress.coordinator());
        if (node.isPresent()) {
            try {
                weaviate.cancel(node.get(), place(progress));
            } catch (WeaviateException problem) {
                LOG.infof("Backup %s was not cancelled: %s", progress.id().orElse(""), problem.getMessage());
            }
        }
    }

    @Override
    public StoreReport probe() {
        return asked(where -> {
            store.ids(where);
            return new StoreReport.Reachable();
        });
    }

    @Override
    public StoreReport look(String id) {
        return asked(where -> store.read(where, id)
                .<StoreReport>map(contents -> new StoreReport.Found(BackupProof.check(contents)))
                .orElseGet(StoreReport.Nothing::new));
    }

    /** It is removed also where nothing is seen: unfinished uploads are not. */
    @Override
    public StoreReport sweep(String id) {
        return asked(where -> {
            boolean found = found(where, id);
            store.delete(where, id);
            return found ? new StoreReport.Reachable() : new StoreReport.Nothing();
        });
    }

    private boolean found(BucketLocation where, String id) throws BucketException {
        try {
            return store.read(where, id).isPresent();
        } catch (BucketException.Malformed something) {
            return true;
        }
    }

    private interface Question {
        StoreReport of(BucketLocation where) throws BucketException;
    }

    private StoreReport asked(Question question) {
        try {
            return question.of(around.location());
        } catch (Locations.Unusable unusable) {
            return BucketTrouble.of(unusable);
        } catch (BucketException problem) {
            return problem instanceof BucketException.Malformed strange
                    ? new StoreReport.Unreadable(strange.getMessage())
                    : BucketTrouble.of(problem);
        }
    }

    private BackupPlace place(BackupProgress progress) {
        return new BackupPlace(
                "s3",
                progress.id().orElseThrow(),
                around.elsewhere()
                        .map(name -> new BackupPlace.Other(
                                name.bucket(), name.prefix().orElse(""))));
    }
}
