package dev.heddle.core.status;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whoever meets a reason in a status looks for it in docs/conditions.md, and has to find it. */
class ReasonsPageTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "dev", "heddle");
    private static final Path PAGE = Path.of("docs", "conditions.md");
    private static final Pattern LITERAL = Pattern.compile("\"([A-Z][a-z]+(?:[A-Z][A-Za-z]*)*)\"");
    private static final Pattern QUOTED = Pattern.compile("`([A-Z][A-Za-z]+)`");

    /** The kubelet's and controllers' own words come from their events. */
    private static final Set<String> FROM_KUBERNETES = words("FailedCreate ProvisioningFailed");

    private static final Set<String> ONLY_IN_EVENTS = words("""
            AsyncReplicationEnabled AutoScaledIn AutoScaledOut BackupPruned BackupStarted BackupSucceeded LeftInBucket
            LostVolumeReplaced MigrationResumed MigrationStarted PodRemovedFromDeadNode Rebalanced Released
            RestoreGoesOn RestoreStarted RestoreSucceeded RunMissed RunReplaced ScaledIn ScalingOut
            StatefulSetMadeAgain UpgradeBackup UpgradeRollingBack UpgradeStepBegun UpgradeStepDone VolumesDeleted
            VolumesNotDeleted VolumesRetained""");

    /** States, kinds, operators and other words of Kubernetes, of Weaviate and of signatures. */
    private static final Set<String> NO_REASONS = words("""
            Backup BestCompression BestSpeed Collection Complete ContainerCreating DeadlineExceeded DefaultCompression
            Delete DestinationRule DisruptionTarget Ei Ending Equal Error Exists FailJob Failed False Gi GiB Gt
            IfNotPresent Ignore In Infeasible Ingress Ki KiB Leader Lost Mi MiB Never NoCompression None Normal
            OnDelete OnRootMismatch Opaque Orphan Parallel Payload PeerAuthentication Pending PersistentVolumeClaim Pi
            PiB PodInitializing PodResizeInProgress PodResizePending PodScheduled PreferNoSchedule ReadWriteOnce
            ReadWriteOncePod Restore Retain Role RollingUpdate RuntimeDefault ScaleOut ScheduleAnyway ServiceAccount
            ServiceMonitor SignedEntryTimestamp Starting StatefulSet Succeeded Ti TiB True Unknown
            WaitForFirstConsumer Warning ZstdBestCompression ZstdBestSpeed ZstdDefaultCompression""");

    @Test
    void documentsEveryReasonAndNoOther() {
        var written = literals();
        written.removeAll(ONLY_IN_EVENTS);
        written.removeAll(NO_REASONS);
        var documented = documented();
        documented.removeAll(FROM_KUBERNETES);

        assertThat(documented)
                .as(
                        "reasons and condition types on the page; a word of the code that is neither belongs into this test")
                .containsExactlyInAnyOrderElementsOf(written);
    }

    /** What stands in the first column of the tables: condition types and reasons. */
    private static Set<String> documented() {
        return lines(PAGE).stream()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|")[1])
                .flatMap(cell -> QUOTED.matcher(cell).results())
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> literals() {
        try (var files = Files.walk(SOURCES)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> SOURCES.relativize(file)
                            .toString()
                            .matches("(backup|core|cluster|weaviatecluster|dependent|cosign|migration)/.*"))
                    .flatMap(file -> lines(file).stream())
                    .flatMap(line -> LITERAL.matcher(line).results())
                    .map(match -> match.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static Set<String> words(String text) {
        return Set.of(text.split("\\s+"));
    }
}
