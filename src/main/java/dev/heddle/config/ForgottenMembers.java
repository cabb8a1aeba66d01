package dev.heddle.config;

import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.deser.BeanDeserializerModifier;
import com.fasterxml.jackson.databind.introspect.AnnotatedClass;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import io.quarkus.kubernetes.client.KubernetesClientObjectMapperCustomizer;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.inject.Singleton;
import java.lang.reflect.Field;
import java.util.List;
import java.util.stream.Stream;

/**
 * Lets go of the methods, fields and constructors of a type once its reader or writer is made. Each property of those
 * holds on to the description of its type and so to all of its methods, five for each that is used; Jackson finds them
 * again should it ever need them.
 */
@Singleton
@RegisterForReflection(targets = AnnotatedClass.class, methods = false)
public class ForgottenMembers implements KubernetesClientObjectMapperCustomizer {
    private static final List<Field> FOUND = Stream.of("_memberMethods", "_fields", "_creators")
            .map(ForgottenMembers::field)
            .toList();

    private static Field field(String name) {
        try {
            var field = AnnotatedClass.class.getDeclaredField(name);
            field.setAccessible(true);
            return field;
        } catch (NoSuchFieldException otherVersion) {
            throw new IllegalStateException(otherVersion);
        }
    }

    private static void forget(BeanDescription description) {
        try {
            for (var field : FOUND) {
                field.set(description.getClassInfo(), null);
            }
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Override
    public void customize(ObjectMapper mapper) {
        mapper.registerModule(new SimpleModule("forgotten-members")
                .setDeserializerModifier(new BeanDeserializerModifier() {
                    private static final long serialVersionUID = 1;

                    @Override
                    public JsonDeserializer<?> modifyDeserializer(
                            DeserializationConfig config, BeanDescription description, JsonDeserializer<?> reader) {
                        forget(description);
                        return reader;
                    }
                })
                .setSerializerModifier(new BeanSerializerModifier() {
                    private static final long serialVersionUID = 1;

                    @Override
                    public JsonSerializer<?> modifySerializer(
                            SerializationConfig config, BeanDescription description, JsonSerializer<?> writer) {
                        forget(description);
                        return writer;
                    }
                }));
    }
}
