package dev.heddle.dependent;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.heddle.core.common.Subset;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What was last written of a child, as a digest on the child itself. Together with the fields that stand in it, this
 * tells whether it is as desired, also whether a field is no longer desired; the managed fields, which could tell the
 * same, take more memory than all the rest of an object.
 */
final class Applied {
    private static final String ANNOTATION = "heddle.dev/applied";
    /** In a field that the API server has not filled for years, so nobody else can have written it. */
    private static final String SEEN = "seen";

    private static final int DIGEST_BYTES = 12;
    private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();

    private Applied() {}

    /** A copy that carries its digest. */
    static <R extends HasMetadata> R marked(R desired) {
        R copy = Serialization.clone(desired);
        var annotations = new HashMap<>(
                Objects.requireNonNullElse(copy.getMetadata().getAnnotations(), Map.<String, String>of()));
        annotations.put(ANNOTATION, digest(tree(desired)));
        copy.getMetadata().setAnnotations(annotations);
        return copy;
    }

    static boolean holds(HasMetadata actual, HasMetadata desired) {
        var annotations = actual.getMetadata().getAnnotations();
        var wanted = tree(desired);
        return annotations != null
                && digest(wanted).equals(annotations.get(ANNOTATION))
                && (isSeen(actual) ? owned(actual, desired) : Subset.holds(wanted, tree(actual)));
    }

    /** The digest does not cover owners: a resource that is made again under its name has another uid. */
    private static boolean owned(HasMetadata actual, HasMetadata desired) {
        return owners(actual).containsAll(owners(desired));
    }

    private static List<String> owners(HasMetadata object) {
        return object.getMetadata().getOwnerReferences().stream()
                .map(OwnerReference::getUid)
                .toList();
    }

    /** Whether {@link #see} was called for this very object. */
    static boolean isSeen(HasMetadata cached) {
        return SEEN.equals(cached.getMetadata().getSelfLink());
    }

    /**
     * Notes in an object of the cache that its fields are those which its digest stands for. They need not be looked at
     * again, nor kept: a change by anybody comes as another object.
     */
    static void see(HasMetadata cached) {
        cached.getMetadata().setSelfLink(SEEN);
    }

    private static Map<String, Object> tree(HasMetadata object) {
        return Serialization.jsonMapper().convertValue(object, TREE);
    }

    /** Of what the plan says, without what the framework notes for itself. */
    private static String digest(Map<String, Object> tree) {
        var metadata = SORTED.convertValue(tree.get("metadata"), TREE);
        metadata.remove("ownerReferences");
        if (metadata.get("annotations") instanceof Map<?, ?> annotations) {
            annotations.remove(InformerEventSource.PREVIOUS_ANNOTATION_KEY);
            if (annotations.isEmpty()) {
                metadata.remove("annotations");
            }
        }
        var planned = new HashMap<>(tree);
        planned.put("metadata", metadata);
        try {
            var bytes = MessageDigest.getInstance("SHA-256").digest(SORTED.writeValueAsBytes(planned));
            return HexFormat.of().formatHex(bytes, 0, DIGEST_BYTES);
        } catch (JsonProcessingException | NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
