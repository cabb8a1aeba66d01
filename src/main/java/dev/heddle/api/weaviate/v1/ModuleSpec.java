package dev.heddle.api.weaviate.v1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.Map;

/** One Weaviate module. */
@ValidationRule(
        value =
                "!has(self.config) || self.config.all(k, !(k in " + Rules.RESERVED_ENV
                        + ") && !k.startsWith('AUTHORIZATION_') && (!k.startsWith('AUTHENTICATION_') || k == 'AUTHENTICATION_ALLOWED_TOKENS'))",
        message =
                "modules.config: identity, Raft, ports, data path, modules, authentication and authorization are set by Heddle and cannot be overridden")
@ValidationRule(
        value = "!has(self.config) || self.config.all(k, k.matches('^[A-Za-z][A-Za-z0-9_]{0,127}$'))",
        message = "modules.config: a key is a setting such as apiKey or an environment variable in capitals")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModuleSpec(
        @JsonPropertyDescription("Name of the module as Weaviate knows it, for example text2vec-openai.")
        @Required
        @Pattern("^[a-z0-9]+(-[a-z0-9]+)*$")
        @Size(min = 3, max = 40)
        String name,

        @JsonPropertyDescription("Default true.") Boolean enabled,

        @JsonPropertyDescription(
                "Settings: apiKey and the other keys of the module, or an environment variable in capitals.")
        @Size(max = 32)
        Map<String, ModuleSettingSpec> config,

        @JsonPropertyDescription("Resources of the inference container.")
        ModuleResourcesSpec resources,

        @JsonPropertyDescription("Replicas of the inference Deployment. Default 1.") @Min(1) @Max(50)
        Integer replicas,

        @JsonPropertyDescription("Image of the inference container. Default: the one of the module catalog.")
        @ValidationRule(
                value =
                        "self.matches('^([a-zA-Z0-9][-a-zA-Z0-9.]*(:[0-9]{1,5})?/)?[a-z0-9]+([._-]+[a-z0-9]+)*(/[a-z0-9]+([._-]+[a-z0-9]+)*)*(:[A-Za-z0-9_][A-Za-z0-9_.-]{0,127})?(@sha256:[a-f0-9]{64})?$')",
                message = "image must be a repository with tag or digest, for example registry.example.com/qna:1.0")
        @Size(min = 1, max = 512)
        String image,

        @JsonPropertyDescription("GPU request of the inference container.")
        GpuSpec gpu) {}
