package dev.heddle.core.cluster;

import dev.heddle.core.gpu.GpuPlacement;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import java.util.List;
import java.util.Optional;

/**
 * One enabled module.
 *
 * @param env its part of Weaviate's environment
 * @param active whether it stands in ENABLE_MODULES; false while a container without a start switch has never served
 * @param inference its container; empty for API-based modules
 */
public record ModulePlan(String name, List<EnvVar> env, boolean active, Optional<Inference> inference) {

    /**
     * @param resources null when none are given
     * @param env the container's own environment
     * @param secretsHash digest of the Secret values in {@code env}
     * @param pods names of its pods as they are, which nobody can foretell
     * @param gpu empty when no GPU is asked for or the module cannot use one
     */
    public record Inference(
            String image,
            int replicas,
            ResourceRequirements resources,
            boolean cuda,
            List<EnvVar> env,
            String secretsHash,
            List<String> pods,
            Optional<GpuPlacement> gpu) {}
}
