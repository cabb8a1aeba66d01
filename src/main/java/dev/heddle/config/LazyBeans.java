package dev.heddle.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.BeanDeserializer;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.deser.ContextualDeserializer;
import com.fasterxml.jackson.databind.deser.impl.ObjectIdReader;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.type.LogicalType;
import com.fasterxml.jackson.databind.util.AccessPattern;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Collection;

/**
 * Learns to read a type when the first of it comes. Jackson prepares a type with all that may stand in it, so the empty
 * list of StatefulSets alone makes readers of every kind of volume and probe: half of the time until the operator is
 * ready, and megabytes that nothing uses afterwards.
 */
@Singleton
public class LazyBeans implements KubernetesClientObjectMapperCustomizer {

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule("lazy-beans").setDeserializerModifier(new BeanDeserializerModifier() {
            private static final long serialVersionUID = 1;

            @Override
            public JsonDeserializer<?> modifyDeserializer(
                    DeserializationConfig config, BeanDescription description, JsonDeserializer<?> reader) {
                return reader.getClass() == BeanDeserializer.class
                        ? new Lazy(new Resolution((BeanDeserializer) reader), null)
                        : reader;
            }
        }));
    }

    /** Once for each type, wherever it stands. */
    private static final class Resolution {
        private final BeanDeserializer reader;
        private boolean resolved;

        Resolution(BeanDeserializer reader) {
            this.reader = reader;
        }

        synchronized BeanDeserializer in(DeserializationContext context) throws JsonMappingException {
            if (!resolved) {
                reader.resolve(context);
                resolved = true;
            }
            return reader;
        }
    }

    private static final class Lazy extends JsonDeserializer<Object> implements ContextualDeserializer {
        private final Resolution type;
        private final BeanProperty property;
        private volatile JsonDeserializer<Object> ready;

        /** @param property where it stands; null for the root of a document, and until that is known */
        Lazy(Resolution type, BeanProperty property) {
            this.type = type;
            this.property = property;
        }

        @Override
        public JsonDeserializer<?> createContextual(DeserializationContext context, BeanProperty where) {
            return where == null ? this : new Lazy(type, where);
        }

        @SuppressWarnings("unchecked")
        private JsonDeserializer<Object> reader(DeserializationContext context) throws JsonMappingException {
            var known = ready;
            if (known == null) {
                var reader = type.in(context);
                known = (JsonDeserializer<Object>)
                        context.handleSecondaryContextualization(reader, property, reader.getValueType());
                ready = known;
            }
            return known;
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context) throws IOException {
            return reader(context).deserialize(parser, context);
        }

        @Override
        public Object deserialize(JsonParser parser, DeserializationContext context, Object into) throws IOException {
            return reader(context).deserialize(parser, context, into);
        }

        @Override
        public Object deserializeWithType(JsonParser parser, DeserializationContext context, TypeDeserializer types)
                throws IOException {
            return reader(context).deserializeWithType(parser, context, types);
        }

        @Override
        public Object getEmptyValue(DeserializationContext context) throws JsonMappingException {
            return reader(context).getEmptyValue(context);
        }

        @Override
        public AccessPattern getEmptyAccessPattern() {
            return AccessPattern.DYNAMIC;
        }

        @Override
        public boolean isCachable() {
            return true;
        }

        @Override
        public Class<?> handledType() {
            return type.reader.handledType();
        }

        @Override
        public LogicalType logicalType() {
            return type.reader.logicalType();
        }

        @Override
        public Collection<Object> getKnownPropertyNames() {
            return type.reader.getKnownPropertyNames();
        }

        @Override
        public ObjectIdReader getObjectIdReader() {
            return type.reader.getObjectIdReader();
        }

        @Override
        public Boolean supportsUpdate(DeserializationConfig config) {
            return type.reader.supportsUpdate(config);
        }
    }
}
