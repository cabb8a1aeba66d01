package dev.heddle.core.shortform;

import dev.heddle.api.cloud.v1alpha1.ClusterStatus;
import dev.heddle.core.status.Announcement;
import dev.heddle.core.status.Conditions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What changed between two statuses of a Cluster that a person would ask about; the child tells the rest itself. */
public final class ShortFormNews {
    private static final Set<String> OWN = Set.of("VersionResolved", "ImageVerified", "Adopted", "BackupConfigured");

    private ShortFormNews() {}

    public static List<Announcement> between(ClusterStatus before, ClusterStatus after) {
        var news = new ArrayList<Announcement>();
        var old = Optional.ofNullable(before).map(ClusterStatus::conditions).orElse(List.of());
        var former = before == null ? null : before.targetVersion();
        if (after.targetVersion() != null && !Objects.equals(former, after.targetVersion())) {
            news.add(new Announcement(
                    false,
                    "VersionResolved",
                    former == null
                            ? "Version " + after.targetVersion() + " is run."
                            : "From version %s to %s.".formatted(former, after.targetVersion())));
        }
        for (var condition : after.conditions()) {
            boolean changed = Conditions.find(old, condition.getType())
                    .filter(was -> was.getStatus().equals(condition.getStatus())
                            && was.getReason().equals(condition.getReason()))
                    .isEmpty();
            boolean told = condition.getType().equals("VersionResolved")
                    && condition.getReason().equals("Resolved");
            if (changed && !told && OWN.contains(condition.getType())) {
                boolean bad = !"True".equals(condition.getStatus())
                        && !condition.getReason().equals("NothingToAdopt");
                news.add(new Announcement(bad, condition.getReason(), condition.getMessage()));
            }
        }
        return List.copyOf(news);
    }
}
