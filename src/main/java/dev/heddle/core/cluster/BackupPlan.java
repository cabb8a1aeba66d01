package dev.heddle.core.cluster;

import io.fabric8.kubernetes.api.model.EnvVar;
import java.util.List;

/** The backup module and its environment. */
public record BackupPlan(String module, List<EnvVar> env) {}
