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

/** Schema and objects of one Weaviate into another, once. */
@Group("cloud.weaviate.io")
@Version("v1alpha1")
@Kind("Migration")
@Plural("migrations")
@ShortNames("wmig")
@Categories("heddle")
@AdditionalPrinterColumn(name = "Source", jsonPath = ".status.source", type = Type.STRING)
@AdditionalPrinterColumn(name = "Target", jsonPath = ".status.target", type = Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "Progress %", jsonPath = ".status.percent", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Rate", jsonPath = ".status.objectsPerSecond", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Left", jsonPath = ".status.timeLeft", type = Type.STRING)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "Mode", jsonPath = ".spec.mode", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Objects", jsonPath = ".status.objects.copied", type = Type.INTEGER, priority = 1)
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = ".status.conditions[?(@.type=='Ready')].message",
        type = Type.STRING,
        priority = 1)
@ValidationRule(
        value = "size(self.metadata.name) <= 50 && self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
        message =
                "metadata.name: at most 50 lower case letters, digits and dashes, beginning with a letter, because the Job is named after it")
@ValidationRule(
        value =
                "!has(oldSelf.status) || !has(oldSelf.status.startedAt) || (self.spec.source == oldSelf.spec.source && self.spec.target == oldSelf.spec.target && has(self.spec.mode) == has(oldSelf.spec.mode) && (!has(self.spec.mode) || self.spec.mode == oldSelf.spec.mode))",
        message =
                "spec: source, target and mode of a migration that has begun are what they are. Make another Migration")
public class Migration extends CustomResource<MigrationSpec, MigrationStatus> implements Namespaced {
    @Override
    protected MigrationSpec initSpec() {
        return null;
    }

    @Override
    protected MigrationStatus initStatus() {
        return null;
    }
}
