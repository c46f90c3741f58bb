package io.romancy.engine.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.BeanProperty;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.ser.BeanSerializerModifier;
import com.fasterxml.jackson.databind.ser.ContextualSerializer;
import com.fasterxml.jackson.databind.type.CollectionType;
import com.fasterxml.jackson.databind.type.MapType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Writes hash maps and hash sets in an order that depends on their content only. */
final class StableOrder extends BeanSerializerModifier {
    private static final long serialVersionUID = 1L;

    @Override
    public JsonSerializer<?> modifyMapSerializer(
            SerializationConfig config, MapType type, BeanDescription bean, JsonSerializer<?> serializer) {
        return Sorting.before(serializer);
    }

    @Override
    public JsonSerializer<?> modifyCollectionSerializer(
            SerializationConfig config, CollectionType type, BeanDescription bean, JsonSerializer<?> serializer) {
        return Sorting.before(serializer);
    }

    /** Puts a container in order and leaves the writing to Jackson's own serializer. */
    private static final class Sorting extends JsonSerializer<Object> implements ContextualSerializer {
        private final JsonSerializer<Object> writer;

        private Sorting(JsonSerializer<Object> writer) {
            this.writer = writer;
        }

        @SuppressWarnings("unchecked") // Jackson hands every serializer values of its type only
        static Sorting before(JsonSerializer<?> writer) {
            return new Sorting((JsonSerializer<Object>) writer);
        }

        @Override
        public JsonSerializer<?> createContextual(SerializerProvider provider, @Nullable BeanProperty property)
                throws JsonMappingException {
            return before(provider.handleSecondaryContextualization(writer, property));
        }

        @Override
        public void serialize(Object value, JsonGenerator out, SerializerProvider provider) throws IOException {
            writer.serialize(HashOrder.stable(value, out.getCodec()), out, provider);
        }

        @Override
        public void serializeWithType(Object value, JsonGenerator out, SerializerProvider provider, TypeSerializer type)
                throws IOException {
            writer.serializeWithType(value, out, provider, type);
        }

        @Override
        public boolean isEmpty(SerializerProvider provider, Object value) {
            return writer.isEmpty(provider, value);
        }
    }
}
