package dev.heddle.core.storage;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is left to do until every volume, and the claim template for those to come, has one size. Read off the claims
 * and the StatefulSet each time: whoever grew the first claim, the others follow.
 *
 * @param target size that every volume is to have, canonical
 * @param volumes those of the nodes that are kept
 * @param template size in the StatefulSet's claim template; empty while there is no StatefulSet
 */
public record Resize(String target, List<Volume> volumes, Optional<String> template) {

    /**
     * @param wanted size asked for
     * @param claims all that are bound, also those of nodes that are gone
     * @param nodes number of nodes that are kept
     */
    public static Resize of(String wanted, List<Volume> claims, Optional<String> template, int nodes) {
        var largest = claims.stream().map(Volume::requested).reduce(wanted, VolumeSize::larger);
        return new Resize(
                VolumeSize.canonical(
                        template.map(size -> VolumeSize.larger(size, largest)).orElse(largest)),
                claims.stream().filter(volume -> volume.ordinal() < nodes).toList(),
                template);
    }

    /** Nothing is to grow. */
    public static Resize none(String size) {
        return new Resize(size, List.of(), Optional.empty());
    }

    /** Whose claims do not even ask for the size. */
    public List<Volume> unasked() {
        return volumes.stream()
                .filter(volume -> VolumeSize.below(volume.requested(), target))
                .toList();
    }

    /** Every volume has the size; only the claim template lacks it. */
    public boolean grown() {
        return behind().isEmpty() && templateBehind();
    }

    public boolean pending() {
        return !behind().isEmpty() || templateBehind();
    }

    /** How far it is; empty when nothing is left to do. */
    public Optional<String> progress() {
        if (!pending()) {
            return Optional.empty();
        }
        var behind = behind();
        var counted = volumes.isEmpty()
                ? ""
                : "%d of %d volumes have %s. ".formatted(volumes.size() - behind.size(), volumes.size(), target);
        var notes = behind.stream()
                .filter(volume -> !volume.note().isEmpty())
                .map(volume -> "%s: %s. ".formatted(volume.claim(), volume.note()))
                .collect(Collectors.joining());
        var rest = behind.isEmpty()
                ? "The StatefulSet is made again with a claim template of %s once nothing is rolled out, every pod is ready and takes writes; no pod restarts."
                        .formatted(target)
                : "";
        return Optional.of((counted + notes + rest).strip());
    }

    /** What each node has for certain: the smallest volume. */
    public String present() {
        return volumes.stream()
                .map(Volume::capacity)
                .reduce((one, other) -> VolumeSize.below(one, other) ? one : other)
                .or(() -> template)
                .orElse(target);
    }

    private List<Volume> behind() {
        return volumes.stream()
                .filter(volume ->
                        VolumeSize.below(volume.requested(), target) || VolumeSize.below(volume.capacity(), target))
                .toList();
    }

    private boolean templateBehind() {
        return template.filter(size -> VolumeSize.below(size, target)).isPresent();
    }
}
