package dev.heddle.api.weaviate.v1;

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

/** The full description of one Weaviate cluster; all machinery hangs on it. */
@Group("weaviate.io")
@Version("v1")
@Kind("WeaviateCluster")
@Plural("weaviateclusters")
@ShortNames("wvc")
@Categories("heddle")
@AdditionalPrinterColumn(name = "Version", jsonPath = ".status.version", type = Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "Nodes", jsonPath = ".status.replicas", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.readyReplicas", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "HTTP", jsonPath = ".status.endpoints.http", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "gRPC", jsonPath = ".status.endpoints.grpc", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Volume", jsonPath = ".status.storage.size", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(
        name = "Message",
        jsonPath = ".status.conditions[?(@.type=='Ready')].message",
        type = Type.STRING,
        priority = 1)
@ValidationRule(
        value = "size(self.metadata.name) <= 40 && self.metadata.name.matches('^[a-z]([-a-z0-9]*[a-z0-9])?$')",
        message =
                "metadata.name: at most 40 lower case letters, digits and dashes, beginning with a letter, because Services and pods are named after it")
@ValidationRule(
        value =
                "!self.metadata.name.matches('.+-(headless|inference|text2vec-[a-z0-9]+|multi2vec-[a-z]+|img2vec-neural|(qna|reranker|ner|sum)-transformers|text-spellcheck)$')",
        message =
                "metadata.name: may not end like a child of another cluster (-headless, -inference, or the name of an inference module)")
public class WeaviateCluster extends CustomResource<WeaviateClusterSpec, WeaviateClusterStatus> implements Namespaced {
    @Override
    protected WeaviateClusterSpec initSpec() {
        return null;
    }

    @Override
    protected WeaviateClusterStatus initStatus() {
        return null;
    }
}
