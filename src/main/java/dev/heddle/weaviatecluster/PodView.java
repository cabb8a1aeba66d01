package dev.heddle.weaviatecluster;

import dev.heddle.core.upgrade.Rollout;
import dev.heddle.core.upgrade.Upgrade;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;

/**
 * The pods as an upgrade sees them.
 *
 * @param applied whether the StatefulSet has the version of the plan, and its controller knows
 * @param leader on which side of a step Raft's leader is
 * @param current pods that have what is wanted
 * @param ready pods that can be asked, by ordinal
 */
record PodView(Rollout rollout, boolean applied, Upgrade.Leader leader, List<Pod> current, List<Pod> ready) {
    PodView with(Rollout other) {
        return new PodView(other, applied, leader, current, ready);
    }
}
