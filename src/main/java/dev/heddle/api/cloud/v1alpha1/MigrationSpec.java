package dev.heddle.api.cloud.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.ResourceRequirements;
import io.fabric8.kubernetes.api.model.Toleration;
import java.util.List;
import java.util.Map;

/** What the user asks for; the operator never writes here. */
@ValidationRule(
        value =
                "!(has(self.source.host) && has(self.target.host) && self.source.host == self.target.host || has(self.source.clusterRef) && has(self.target.clusterRef) && self.source.clusterRef.name == self.target.clusterRef.name)",
        message = "source and target are the same Weaviate")
@ValidationRule(
        value = "!has(self.include) || has(self.include.collections) && self.include.collections.size() > 0",
        message = "include.collections needs at least one collection; without include all are copied")
@ValidationRule(
        value =
                "!has(self.include) || !has(self.exclude) || !has(self.exclude.collections) || self.exclude.collections.size() == 0",
        message = "include and exclude: only one of them may name collections")
@ValidationRule(
        value = "!has(self.nodeSelector) || self.nodeSelector.all(k, " + MigrationRules.LABEL_KEY + ")",
        message =
                "nodeSelector: a key is not a label key: letters, digits, dashes, dots and underscores, with a domain and a slash in front if need be")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record MigrationSpec(
        @JsonPropertyDescription(
                "Where everything is read. Inactive tenants are active for as long as they are read; nothing else changes there.")
        @Required
        MigrationEndpointSpec source,

        @JsonPropertyDescription("Where everything is written.") @Required
        MigrationEndpointSpec target,

        @JsonPropertyDescription(
                "copy: schema, objects, references, aliases, then the proof that both sides are equal. schemaOnly: no objects. verify: compares, and writes nothing. dryRun: says what would be done. Default copy.")
        MigrationMode mode,

        @JsonPropertyDescription(
                "What becomes of what the target has. Fail: nothing begins while a collection is there that is to be copied. Skip: what is there stays. Overwrite: objects of the same id are replaced, others stay. Default Fail.")
        MigrationConflict onConflict,

        @JsonPropertyDescription("Only these. Default: everything.")
        MigrationCollectionsSpec include,

        @JsonPropertyDescription("All but these.") MigrationCollectionsSpec exclude,

        @JsonPropertyDescription("How many parts are copied at once. Default 4.") @Min(1) @Max(32)
        Integer parallelism,

        @JsonPropertyDescription("Objects per second at most. Default: as fast as both sides take it.")
        @Min(1)
        @Max(10000000)
        Integer rateLimit,

        @JsonPropertyDescription("Objects in one request at most. Default 200.") @Min(1) @Max(1000)
        Integer batchSize,

        @JsonPropertyDescription("When it begins. Default: now.")
        MigrationScheduleSpec schedule,

        @JsonPropertyDescription(
                "Time that it may run, all attempts together and without the time that it was suspended; then it is stopped. Default 24h.")
        @ValidationRule(
                value = BackupRules.DURATION,
                message = "timeout must be days, hours, minutes and seconds above zero, for example 2h30m")
        @Size(min = 2, max = 21)
        String timeout,

        @JsonPropertyDescription(
                "How often a pod that crashed is replaced before the migration has failed; each goes on where the last one stopped. A side that does not answer is tried again until timeout, whatever stands here. Default 6.")
        @Min(0)
        @Max(100)
        Integer retries,

        @JsonPropertyDescription(
                "Requests and limits of the Job's container. Default: requests of 100m CPU and 128Mi, a memory limit of 512Mi.")
        ResourceRequirements resources,

        @JsonPropertyDescription("Taints that the Job's pod tolerates.") @Size(max = 32)
        List<Toleration> tolerations,

        @JsonPropertyDescription("Labels of the nodes that may run the Job's pod.") @Size(max = 32)
        Map<String, @Pattern("^([A-Za-z0-9]([-A-Za-z0-9_.]*[A-Za-z0-9])?)?$") @Size(max = 63) String> nodeSelector,

        @JsonPropertyDescription(
                "Stops the Job; what was copied is kept, and without it the migration goes on where it stopped.")
        Boolean suspend) {}
