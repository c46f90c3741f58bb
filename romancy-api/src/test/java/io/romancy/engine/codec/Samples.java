package io.romancy.engine.codec;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Types as applications write them. */
final class Samples {
    private Samples() {}

    enum Size {
        SMALL,
        LARGE {
            @Override
            public String toString() {
                return "very large";
            }
        }
    }

    record Item(String sku, int count, BigDecimal price) {}

    record Order(
            String id,
            List<Item> items,
            Map<Size, Set<String>> tags,
            Optional<String> note,
            @Nullable Item gift) {}

    record Empty() {}

    record Page<T>(List<T> rows, boolean more) {}

    record ItemV2(
            String sku,
            int count,
            BigDecimal price,
            @Nullable String colour) {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Turn.Say.class, name = "say"),
        @JsonSubTypes.Type(value = Turn.Use.class, name = "use"),
        @JsonSubTypes.Type(value = Turn.Stop.class, name = "stop")
    })
    sealed interface Turn {
        record Say(String text) implements Turn {}

        record Use(String tool, Map<String, Object> arguments) implements Turn {}

        record Stop() implements Turn {}
    }

    /** Says nothing of who implements it. */
    sealed interface Shape {
        record Circle(int radius) implements Shape {}
    }

    abstract static class Animal {
        public abstract String getName();
    }

    static final class Bean {
        private String name = "";
        private long size;

        public String getName() {
            return name;
        }

        public void setName(String name) {
            this.name = name;
        }

        public long getSize() {
            return size;
        }

        public void setSize(long size) {
            this.size = size;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Bean bean && name.equals(bean.name) && size == bean.size;
        }

        @Override
        public int hashCode() {
            return name.hashCode();
        }
    }

    static final class Loop {
        public Loop getSelf() {
            return this;
        }
    }

    record Positive(int value) {
        Positive {
            if (value <= 0) {
                throw new IllegalArgumentException(value + " is not positive");
            }
        }
    }
}
