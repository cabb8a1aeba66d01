package dev.heddle.core.adoption;

import dev.heddle.core.common.Finding;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import java.util.List;

/**
 * What an adopted cluster is to be.
 *
 * @param live the StatefulSet as it is
 * @param version of the image that is to run
 * @param findings what people should know
 */
public record AdoptedPlan(StatefulSet live, int replicas, String version, String image, List<Finding> findings) {}
