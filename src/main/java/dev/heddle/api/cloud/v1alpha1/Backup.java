package dev.heddle.api.cloud.v1alpha1;

import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn.Type;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One backup of a cluster, taken once. */
@Group("cloud.weaviate.io")
@Version("v1alpha1")
@Kind("Backup")
@Plural("backups")
@ShortNames("wbak")
@Categories("heddle")
@AdditionalPrinterColumn(name = "Cluster", jsonPath = ".spec.clusterRef.name", type = Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "Size", jsonPath = ".status.size", type = Type.STRING)
@AdditionalPrinterColumn(name = "Duration", jsonPath = ".status.duration", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "ID", jsonPath = ".status.id", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Location", jsonPath = ".status.location", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = ".status.conditions[?(@.type=='Ready')].message",
        type = Type.STRING,
        priority = 1)
@ValidationRule(
        value =
                "!has(oldSelf.status) || !has(oldSelf.status.startedAt) || (self.spec.clusterRef == oldSelf.spec.clusterRef && has(self.spec.include) == has(oldSelf.spec.include) && (!has(self.spec.include) || self.spec.include == oldSelf.spec.include) && has(self.spec.exclude) == has(oldSelf.spec.exclude) && (!has(self.spec.exclude) || self.spec.exclude == oldSelf.spec.exclude) && has(self.spec.compression) == has(oldSelf.spec.compression) && (!has(self.spec.compression) || self.spec.compression == oldSelf.spec.compression) && has(self.spec.cpuPercentage) == has(oldSelf.spec.cpuPercentage) && (!has(self.spec.cpuPercentage) || self.spec.cpuPercentage == oldSelf.spec.cpuPercentage) && has(self.spec.storage) == has(oldSelf.spec.storage) && (!has(self.spec.storage) || self.spec.storage == oldSelf.spec.storage))",
        message =
                "spec: a backup that has begun is what it is; only suspend, timeout and deletionPolicy may change. Make another Backup")
public class Backup extends CustomResource<OnDemandBackupSpec, OnDemandBackupStatus> implements Namespaced {
    @Override
    protected OnDemandBackupSpec initSpec() {
        return null;
    }

    @Override
    protected OnDemandBackupStatus initStatus() {
        return null;
    }
}
