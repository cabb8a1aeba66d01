package dev.heddle.core.storage;

import io.fabric8.kubernetes.api.model.PersistentVolumeClaim;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimCondition;
import io.fabric8.kubernetes.api.model.PersistentVolumeClaimStatus;
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A claim that is bound.
 *
 * @param claim its name
 * @param ordinal of the node that it belongs to
 * @param requested what is asked of the storage
 * @param capacity what the file system has
 * @param storageClass also where the claim itself named none
 * @param note what the storage says of a growth that is going on; empty where it says nothing
 */
public record Volume(
        String claim, int ordinal, String requested, String capacity, Optional<String> storageClass, String note) {

    /** Empty for a claim that has no volume yet: there is nothing to grow, and the API server refuses to try. */
    public static Optional<Volume> of(PersistentVolumeClaim claim) {
        var capacity = Optional.ofNullable(claim.getStatus())
                .map(PersistentVolumeClaimStatus::getCapacity)
                .map(amounts -> amounts.get("storage"));
        var requested = requests(claim).map(amounts -> amounts.get("storage"));
        return capacity.flatMap(has -> requested.map(asked -> new Volume(
                claim.getMetadata().getName(),
                ordinal(claim),
                asked.toString(),
                has.toString(),
                Optional.ofNullable(claim.getSpec().getStorageClassName()),
                note(claim.getStatus()))));
    }

    public static int ordinal(PersistentVolumeClaim claim) {
        var name = claim.getMetadata().getName();
        return Integer.parseInt(name.substring(name.lastIndexOf('-') + 1));
    }

    private static Optional<Map<String, Quantity>> requests(PersistentVolumeClaim claim) {
        return Optional.ofNullable(claim.getSpec())
                .map(spec -> spec.getResources())
                .map(resources -> resources.getRequests());
    }

    private static String note(PersistentVolumeClaimStatus status) {
        return Optional.ofNullable(status.getConditions()).orElse(List.of()).stream()
                .filter(condition -> "True".equals(condition.getStatus()))
                .map(Volume::words)
                .collect(Collectors.joining(", "));
    }

    private static String words(PersistentVolumeClaimCondition condition) {
        return Stream.of(condition.getType(), condition.getMessage())
                .filter(Objects::nonNull)
                .filter(text -> !text.isBlank())
                .collect(Collectors.joining(": "));
    }
}
