package dev.heddle.core.manifest;

import dev.heddle.core.cluster.StoragePlan.MadeClass;
import dev.heddle.core.common.Labels;
import io.fabric8.kubernetes.api.model.storage.StorageClass;
import io.fabric8.kubernetes.api.model.storage.StorageClassBuilder;

/** A storage class that the cloud settings ask for. It has no owner: volumes of several clusters may use it. */
public final class StorageClassManifest {
    private StorageClassManifest() {}

    public static StorageClass of(MadeClass made) {
        return new StorageClassBuilder()
                .withNewMetadata()
                .withName(made.name())
                .addToLabels(Labels.MANAGED_BY, Labels.MANAGER)
                .endMetadata()
                .withProvisioner(made.provisioner())
                .withParameters(made.parameters())
                .withAllowVolumeExpansion(true)
                .withReclaimPolicy("Delete")
                // The volume is made where the pod goes.
                .withVolumeBindingMode("WaitForFirstConsumer")
                .build();
    }
}
