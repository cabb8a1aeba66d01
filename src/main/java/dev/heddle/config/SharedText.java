package dev.heddle.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import dev.heddle.core.common.Shared;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;

/** Keeps one copy of texts that stand in many objects: kinds, namespaces, names of owners, labels, times. */
@Singleton
public class SharedText implements KubernetesClientObjectMapperCustomizer {
    /** About as many different ones as the objects of some hundred clusters bring in a moment. */
    private static final int REMEMBERED = 4096;

    /** Longer texts are seldom the same. */
    private static final int MAX_LENGTH = 80;

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule("shared-text").addDeserializer(String.class, new Deserializer()));
    }

    private static final class Deserializer extends StdScalarDeserializer<String> {
        private static final long serialVersionUID = 1;
        private final transient Shared texts = new Shared(REMEMBERED);

        Deserializer() {
            super(String.class);
        }

        @Override
        public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            var text = StringDeserializer.instance.deserialize(parser, context);
            return text == null || text.length() > MAX_LENGTH ? text : texts.of(text);
        }
    }
}
