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

/** Backups of a cluster by the clock, and which of them stay. */
@Group("cloud.weaviate.io")
@Version("v1alpha1")
@Kind("ScheduledBackup")
@Plural("scheduledbackups")
@ShortNames("sbak")
@Categories("heddle")
@AdditionalPrinterColumn(name = "Cluster", jsonPath = ".spec.clusterRef.name", type = Type.STRING)
@AdditionalPrinterColumn(name = "Schedule", jsonPath = ".spec.schedule", type = Type.STRING)
@AdditionalPrinterColumn(name = "Suspend", jsonPath = ".spec.suspend", type = Type.BOOLEAN)
@AdditionalPrinterColumn(name = "Last success", jsonPath = ".status.lastSuccessful", type = Type.DATE)
@AdditionalPrinterColumn(name = "Next run", jsonPath = ".status.nextRun", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "Location", jsonPath = ".status.location", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Kept", jsonPath = ".status.kept", type = Type.INTEGER, priority = 1)
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = ".status.conditions[?(@.type=='Ready')].message",
        type = Type.STRING,
        priority = 1)
@ValidationRule(
        value = "size(self.metadata.name) <= 40 && self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
        message =
                "metadata.name: at most 40 lower case letters, digits and dashes, beginning with a letter, because backups are named after it")
public class ScheduledBackup extends CustomResource<ScheduledBackupSpec, ScheduledBackupStatus> implements Namespaced {
    @Override
    protected ScheduledBackupSpec initSpec() {
        return null;
    }

    @Override
    protected ScheduledBackupStatus initStatus() {
        return null;
    }
}
