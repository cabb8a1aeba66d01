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

/** The short form of a Weaviate cluster; owns one WeaviateCluster of the same name. */
@Group("cloud.weaviate.io")
@Version("v1alpha1")
@Kind("Cluster")
@Plural("clusters")
@ShortNames("wcl")
@Categories("heddle")
@AdditionalPrinterColumn(name = "Version", jsonPath = ".status.version", type = Type.STRING)
@AdditionalPrinterColumn(name = "Phase", jsonPath = ".status.phase", type = Type.STRING)
@AdditionalPrinterColumn(name = "Nodes", jsonPath = ".status.replicas", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.readyReplicas", type = Type.INTEGER)
@AdditionalPrinterColumn(name = "Age", jsonPath = ".metadata.creationTimestamp", type = Type.DATE)
@AdditionalPrinterColumn(name = "Constraint", jsonPath = ".spec.version", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "Target", jsonPath = ".status.targetVersion", type = Type.STRING, priority = 1)
@AdditionalPrinterColumn(name = "HTTP", jsonPath = ".status.endpoints.http", type = Type.STRING, priority = 1)
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
                "!['-headless','-inference','-text2vec-transformers','-text2vec-model2vec','-text2vec-gpt4all','-multi2vec-clip','-multi2vec-bind','-img2vec-neural','-qna-transformers','-reranker-transformers','-ner-transformers','-sum-transformers','-text-spellcheck'].exists(end, self.metadata.name.endsWith(end))",
        message =
                "metadata.name: may not end like a child of another cluster (-headless, -inference, or the name of an inference module)")
public class Cluster extends CustomResource<ClusterSpec, ClusterStatus> implements Namespaced {
    @Override
    protected ClusterSpec initSpec() {
        return null;
    }

    @Override
    protected ClusterStatus initStatus() {
        return null;
    }
}
