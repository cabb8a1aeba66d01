package dev.heddle.core.backup;

import dev.heddle.api.cloud.v1alpha1.Backup;
import dev.heddle.api.cloud.v1alpha1.OnDemandBackupStatus;
import dev.heddle.api.cloud.v1alpha1.ScheduledBackup;
import dev.heddle.api.weaviate.v1.WeaviateCluster;
import dev.heddle.core.common.Labels;
import dev.heddle.core.status.Announcement;
import dev.heddle.core.status.Conditions;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** A small world for turns of a schedule: an API server, whose cache may be behind, and a bucket. */
abstract class ScheduleTurns {
    static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");
    static final String NIGHTLY = "schedule: 0 4 * * *";
    static final String KEEP_ONE = NIGHTLY + ", retention: {keepLast: 1}";

    final Map<String, Backup> server = new TreeMap<>();
    final TreeSet<String> bucket = new TreeSet<>();
    final List<String> events = new ArrayList<>();
    final List<String> order = new ArrayList<>();
    Optional<StoreReport.Trouble> trouble = Optional.empty();
    /** Ids that the trouble is with. */
    Predicate<String> troubled = id -> true;

    boolean crashes;
    Optional<List<Backup>> staleCache = Optional.empty();
    Optional<WeaviateCluster> cluster = Optional.of(cluster("{version: 1.35.2}"));
    Instant now = Instant.parse("2026-01-02T04:00:30Z");

    final ScheduleTurn.World world = new ScheduleTurn.World() {
        @Override
        public List<Backup> backups() {
            return List.copyOf(server.values());
        }

        @Override
        public Backup make(Backup backup) {
            order.add("make " + backup.getMetadata().getName());
            backup.getMetadata().setCreationTimestamp(now.toString());
            return Optional.ofNullable(server.putIfAbsent(backup.getMetadata().getName(), backup))
                    .orElse(backup);
        }

        @Override
        public void cancel(Backup backup) {
            order.add("cancel " + backup.getMetadata().getName());
            backup.getMetadata().setDeletionTimestamp(now.toString());
        }

        @Override
        public void mark(Backup backup) {
            order.add("mark " + backup.getMetadata().getName());
            backup.getMetadata().getAnnotations().put(Labels.PRUNED, "true");
        }

        @Override
        public Optional<StoreReport.Trouble> erase(Backup backup, String id) {
            if (crashes) {
                throw new IllegalStateException("killed");
            }
            order.add("erase " + id);
            var why = trouble.filter(_ -> troubled.test(id));
            why.ifPresentOrElse(_ -> {}, () -> bucket.remove(id));
            return why;
        }

        @Override
        public void remove(Backup backup) {
            order.add("remove " + backup.getMetadata().getName());
            server.remove(backup.getMetadata().getName());
        }

        @Override
        public void tell(Announcement news) {
            events.add(news.reason());
        }
    };

    static WeaviateCluster cluster(String more) {
        return Serialization.unmarshal("""
                apiVersion: weaviate.io/v1
                kind: WeaviateCluster
                metadata: {namespace: default, name: docs}
                spec: %s
                """.formatted(more), WeaviateCluster.class);
    }

    static ScheduledBackup schedule(String spec) {
        var schedule = Schedules.resource(spec);
        schedule.getMetadata().setCreationTimestamp(CREATED.toString());
        schedule.getMetadata().setGeneration(1L);
        return schedule;
    }

    ScheduleTurn turn(ScheduledBackup schedule) {
        var seen =
                new ScheduleSituation(schedule, cluster, staleCache.orElseGet(() -> List.copyOf(server.values())), now);
        var turn = ScheduleTurn.take(seen, world);
        schedule.setStatus(turn.status());
        turn.news().forEach(news -> events.add(news.reason()));
        return turn;
    }

    /** A Backup of this schedule that ended, and its data. */
    void ended(ScheduledBackup schedule, String name, String phase, String at) {
        var backup = ScheduledRun.of(schedule, name);
        backup.getMetadata().setCreationTimestamp(at);
        backup.setStatus(Serialization.unmarshal("""
                phase: %s
                id: %s-id
                completedAt: "%s"
                storage: {bucket: "s3://backups/docs"}
                conditions: [{type: Ready, status: "True", reason: A, message: how it went}]
                """.formatted(phase, name, at), OnDemandBackupStatus.class));
        server.put(name, backup);
        bucket.add(name + "-id");
    }

    static Condition condition(ScheduleTurn turn, String type) {
        return Conditions.find(turn.status().conditions(), type).orElseThrow();
    }
}
