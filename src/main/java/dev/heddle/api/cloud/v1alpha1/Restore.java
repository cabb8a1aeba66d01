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

/** A backup that is brought into a cluster, once. */
@Group("cloud.weaviate.io")
@Version("v1alpha1")
@Kind("Restore")
@Plural("restores")
@ShortNames("wres")
@Categories("heddle")
@AdditionalPrinterColumn(name = "Cluster", jsonPath = ".spec.clusterRef.name", type = Type.STRING)
@AdditionalPrinterColumn(name = "Backup", jsonPath = ".status.id", type = Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "Size", jsonPath = ".status.size", type = Type.STRING)
@AdditionalPrinterColumn(name = "Duration", jsonPath = ".status.duration", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "Location", jsonPath = ".status.location", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = ".status.conditions[?(@.type=='Ready')].message",
        type = Type.STRING,
        priority = 1)
@ValidationRule(
        value =
                "!has(oldSelf.status) || !has(oldSelf.status.startedAt) || (self.spec.clusterRef == oldSelf.spec.clusterRef && has(self.spec.include) == has(oldSelf.spec.include) && (!has(self.spec.include) || self.spec.include == oldSelf.spec.include) && has(self.spec.exclude) == has(oldSelf.spec.exclude) && (!has(self.spec.exclude) || self.spec.exclude == oldSelf.spec.exclude) && has(self.spec.nodeMapping) == has(oldSelf.spec.nodeMapping) && (!has(self.spec.nodeMapping) || self.spec.nodeMapping == oldSelf.spec.nodeMapping) && has(self.spec.roles) == has(oldSelf.spec.roles) && (!has(self.spec.roles) || self.spec.roles == oldSelf.spec.roles) && has(self.spec.users) == has(oldSelf.spec.users) && (!has(self.spec.users) || self.spec.users == oldSelf.spec.users) && has(self.spec.overwriteAliases) == has(oldSelf.spec.overwriteAliases) && (!has(self.spec.overwriteAliases) || self.spec.overwriteAliases == oldSelf.spec.overwriteAliases) && has(self.spec.cpuPercentage) == has(oldSelf.spec.cpuPercentage) && (!has(self.spec.cpuPercentage) || self.spec.cpuPercentage == oldSelf.spec.cpuPercentage) && has(self.spec.backupRef) == has(oldSelf.spec.backupRef) && (!has(self.spec.backupRef) || self.spec.backupRef == oldSelf.spec.backupRef) && has(self.spec.source) == has(oldSelf.spec.source) && (!has(self.spec.source) || self.spec.source == oldSelf.spec.source))",
        message =
                "spec: a restore that has begun is what it is; only suspend and timeout may change. Make another Restore")
public class Restore extends CustomResource<RestoreSpec, RestoreStatus> implements Namespaced {
    @Override
    protected RestoreSpec initSpec() {
        return null;
    }

    @Override
    protected RestoreStatus initStatus() {
        return null;
    }
}
