package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Settings of Google Cloud. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record GcpSpec(
        @JsonPropertyDescription("Prefers nodes with local SSDs.")
        Boolean useLocalSSD,

        @JsonPropertyDescription("Machine type that pods need, for example n2-highmem-8.")
        @Pattern("^[A-Za-z0-9][-A-Za-z0-9_.]*$")
        @Size(max = 63)
        String machineType,

        @JsonPropertyDescription("Bucket of the backup module.")
        GcpBackupSpec backup,

        @JsonPropertyDescription(
                "Google service account of the pods (workload identity): annotation of the service account.")
        @ValidationRule(
                value = "self.matches('^[^@ ]+@[^@ ]+[.]iam[.]gserviceaccount[.]com$')",
                message =
                        "gcp.serviceAccount must be the address of a Google service account, ending with .iam.gserviceaccount.com")
        @Size(max = 256)
        String serviceAccount) {}
