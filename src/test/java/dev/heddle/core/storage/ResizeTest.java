package dev.heddle.core.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaimBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeTest {

    /** Volumes as asked/has; expected are target, volumes to ask for, state, and the size for certain. */
    @ParameterizedTest(name = "wanted {0}, volumes {1}, template {2}: {3}")
    @CsvSource({
        "10Gi, 10Gi/10Gi 10Gi/10Gi, 10Gi, 10Gi 0 done 10Gi",
        "20Gi, 10Gi/10Gi 10Gi/10Gi, 10Gi, 20Gi 2 growing 10Gi",
        "20Gi, 20Gi/10Gi 10Gi/10Gi, 10Gi, 20Gi 1 growing 10Gi",
        "20Gi, 20Gi/20Gi 20Gi/10Gi, 10Gi, 20Gi 0 growing 10Gi",
        "20Gi, 20Gi/20Gi 20Gi/20Gi, 10Gi, 20Gi 0 grown 20Gi",
        "20Gi, 20Gi/20Gi 20Gi/20Gi, , 20Gi 0 done 20Gi",
        "20Gi, 20Gi/20Gi 20Gi/20Gi, 20Gi, 20Gi 0 done 20Gi",
        // What one volume was grown to, by whomever, the others get too; nothing shrinks.
        "10Gi, 30Gi/30Gi 10Gi/10Gi, 10Gi, 30Gi 1 growing 10Gi",
        "10Gi, 20Gi/20Gi 20Gi/20Gi, 20Gi, 20Gi 0 done 20Gi",
        "10Gi, 10Gi/10Gi, 20Gi, 20Gi 1 growing 10Gi",
        "10Gi, , 10Gi, 10Gi 0 done 10Gi",
        "20Gi, , 10Gi, 20Gi 0 grown 10Gi",
        "20Gi, , , 20Gi 0 done 20Gi",
        // Storage may give more than asked for, and writes it as it likes.
        "10Gi, 10Gi/12Gi 10Gi/12Gi, 10Gi, 10Gi 0 done 12Gi",
        "10Gi, 10240Mi/10737418240, 10Gi, 10Gi 0 done 10737418240",
    })
    void tellsWhatIsLeftToDo(String wanted, String volumes, String template, String expected) {
        var resize = Resize.of(wanted, volumes(volumes), Optional.ofNullable(template), 3);

        var state = resize.grown() ? "grown" : resize.pending() ? "growing" : "done";
        assertThat("%s %d %s %s".formatted(resize.target(), resize.unasked().size(), state, resize.present()))
                .isEqualTo(expected);
        assertThat(resize.progress().isPresent()).isEqualTo(resize.pending());
    }

    @Test
    void leavesVolumesOfFormerNodesAlone() {
        var resize = Resize.of("20Gi", volumes("20Gi/20Gi 20Gi/20Gi 10Gi/10Gi"), Optional.of("20Gi"), 2);

        assertThat(resize.pending()).isFalse();
        assertThat(resize.present()).isEqualTo("20Gi");
    }

    @Test
    void countsAndPassesOnWhatTheStorageSays() {
        var waiting = new Volume("data-db-1", 1, "20Gi", "10Gi", Optional.empty(), "Resizing");
        var done = new Volume("data-db-0", 0, "20Gi", "20Gi", Optional.empty(), "");

        assertThat(Resize.of("20Gi", List.of(done, waiting), Optional.of("10Gi"), 3)
                        .progress())
                .contains("1 of 2 volumes have 20Gi. data-db-1: Resizing.");
        assertThat(Resize.of("20Gi", List.of(done), Optional.of("10Gi"), 3)
                        .progress()
                        .orElseThrow())
                .startsWith("1 of 1 volumes have 20Gi. The StatefulSet is made again");
    }

    @Test
    void readsAClaim() {
        var claim = new PersistentVolumeClaimBuilder()
                .withNewMetadata()
                .withName("data-db-12")
                .endMetadata()
                .withNewSpec()
                .withStorageClassName("fast")
                .withNewResources()
                .addToRequests("storage", new Quantity("20Gi"))
                .endResources()
                .endSpec()
                .withNewStatus()
                .addToCapacity("storage", new Quantity("10Gi"))
                .addNewCondition()
                .withType("FileSystemResizePending")
                .withStatus("True")
                .withMessage("Waiting for user to (re-)start a pod")
                .endCondition()
                .endStatus();

        assertThat(Volume.of(claim.build()))
                .contains(new Volume(
                        "data-db-12",
                        12,
                        "20Gi",
                        "10Gi",
                        Optional.of("fast"),
                        "FileSystemResizePending: Waiting for user to (re-)start a pod"));
        assertThat(Volume.of(claim.withStatus(null).build())).isEmpty();
        assertThat(Volume.of(claim.withNewStatus().endStatus().withSpec(null).build()))
                .isEmpty();
    }

    private static List<Volume> volumes(String text) {
        var volumes = new ArrayList<Volume>();
        for (var each : text == null ? new String[0] : text.split(" ")) {
            var sizes = each.split("/");
            int ordinal = volumes.size();
            volumes.add(new Volume("data-db-" + ordinal, ordinal, sizes[0], sizes[1], Optional.empty(), ""));
        }
        return volumes;
    }
}
