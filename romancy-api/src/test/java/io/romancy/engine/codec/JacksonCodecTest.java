package io.romancy.engine.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.type.TypeRef;
import io.romancy.engine.codec.Samples.Animal;
import io.romancy.engine.codec.Samples.Bean;
import io.romancy.engine.codec.Samples.Empty;
import io.romancy.engine.codec.Samples.Item;
import io.romancy.engine.codec.Samples.ItemV2;
import io.romancy.engine.codec.Samples.Loop;
import io.romancy.engine.codec.Samples.Order;
import io.romancy.engine.codec.Samples.Page;
import io.romancy.engine.codec.Samples.Positive;
import io.romancy.engine.codec.Samples.Shape;
import io.romancy.engine.codec.Samples.Size;
import io.romancy.engine.codec.Samples.Turn;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.Payload;
import java.lang.reflect.Type;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.Period;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class JacksonCodecTest {
    private static final Item ITEM = new Item("sku-1", 2, new BigDecimal("10.10"));

    private final JacksonCodec codec = new JacksonCodec(1 << 20);

    @ParameterizedTest
    @MethodSource
    void givesBackWhatItGot(TypeRef<?> type, @Nullable Object value) {
        Payload payload = codec.encode(value, type.type());

        assertThat(payload.codec()).isEqualTo("json");
        assertThat(codec.decode(payload, type.type())).isEqualTo(value);
    }

    static List<Arguments> givesBackWhatItGot() {
        return List.of(
                of(Void.class, null),
                of(String.class, null),
                of(String.class, "ä \"quoted\" \\ \n \u0000 \ud83d\ude80"),
                of(String.class, "half a pair \ud83d"),
                of(Boolean.class, true),
                of(Integer.class, Integer.MIN_VALUE),
                of(Long.class, Long.MAX_VALUE),
                of(Double.class, 0.1),
                of(Double.class, Double.NaN),
                of(Double.class, Double.NEGATIVE_INFINITY),
                of(Double.class, Double.MIN_VALUE),
                of(Float.class, 1.1f),
                of(Character.class, 'x'),
                of(BigDecimal.class, new BigDecimal("1.10")),
                of(BigDecimal.class, new BigDecimal("123456789012345678901234567890.1234567890")),
                of(BigDecimal.class, new BigDecimal("1E+400")),
                of(BigInteger.class, new BigInteger("9".repeat(3_000))),
                of(byte[].class, new byte[] {0, -1, 127, 13, 10}),
                of(int[].class, new int[] {1, 2}),
                of(String[].class, new String[] {"a", "b"}),
                of(UUID.class, new UUID(1, 2)),
                of(URI.class, URI.create("https://example.org/a?b=c")),
                of(Instant.class, Instant.parse("2025-01-15T10:30:00.123456789Z")),
                of(Instant.class, Instant.MIN),
                of(LocalDate.class, LocalDate.of(2024, 2, 29)),
                of(LocalTime.class, LocalTime.of(1, 2, 3, 4)),
                of(LocalDateTime.class, LocalDateTime.of(2025, 1, 2, 3, 4, 5, 6)),
                of(OffsetDateTime.class, OffsetDateTime.parse("2025-01-15T10:30:00.000000001+05:30")),
                of(ZonedDateTime.class, ZonedDateTime.of(2025, 7, 1, 1, 2, 3, 4, ZoneId.of("Europe/Berlin"))),
                of(Duration.class, Duration.ofSeconds(1, 1)),
                of(Period.class, Period.of(1, 2, 3)),
                of(Year.class, Year.of(2025)),
                of(YearMonth.class, YearMonth.of(2025, 1)),
                of(ZoneId.class, ZoneId.of("Europe/Berlin")),
                of(OptionalInt.class, OptionalInt.of(3)),
                of(new TypeRef<Optional<Item>>() {}, Optional.of(ITEM)),
                of(new TypeRef<Optional<Item>>() {}, Optional.empty()),
                of(Size.class, Size.LARGE),
                of(Item.class, ITEM),
                of(Empty.class, new Empty()),
                of(Bean.class, bean()),
                of(
                        Order.class,
                        new Order(
                                "1",
                                List.of(ITEM, ITEM),
                                Map.of(Size.LARGE, Set.of("a", "b")),
                                Optional.empty(),
                                null)),
                of(new TypeRef<Page<Item>>() {}, new Page<>(List.of(ITEM), true)),
                of(
                        new TypeRef<Page<Map<Size, List<Duration>>>>() {},
                        new Page<>(List.of(Map.of(Size.SMALL, List.of(Duration.ZERO))), false)),
                of(new TypeRef<Map<UUID, Instant>>() {}, Map.of(new UUID(3, 4), Instant.EPOCH)),
                of(new TypeRef<Map<Integer, Set<String>>>() {}, Map.of(1, Set.of("a"))),
                of(
                        new TypeRef<Map<String, Object>>() {},
                        Map.of("a", 1, "b", List.of("x", true), "c", Map.of("d", 0.5))),
                of(
                        TypeRef.listOf(Turn.class),
                        List.of(new Turn.Say("hi"), new Turn.Use("t", Map.of("n", 1)), new Turn.Stop())),
                of(Turn.class, new Turn.Stop()),
                of(new TypeRef<List<@Nullable String>>() {}, java.util.Arrays.asList("a", null)));
    }

    @Test
    void readsWhatNewerCodeWroteAndPassesOverWhatItDoesNotKnow() {
        var written = codec.encode(new ItemV2("sku", 1, BigDecimal.ONE, "red"), ItemV2.class);

        assertThat(codec.decode(written, Item.class)).isEqualTo(new Item("sku", 1, BigDecimal.ONE));
    }

    @Test
    void readsWhatOlderCodeWroteAndLeavesOutWhatItDidNotKnow() {
        var written = codec.encode(new Item("sku", 1, BigDecimal.ONE), Item.class);

        assertThat(codec.decode(written, ItemV2.class)).isEqualTo(new ItemV2("sku", 1, BigDecimal.ONE, null));
    }

    @Test
    void writesEqualHashContainersInOneOrder() {
        Map<String, Integer> grown = new HashMap<>();
        Map<String, Integer> wide = new HashMap<>(1 << 16);
        for (int i = 0; i < 500; i++) {
            grown.put("key-" + i * 7919 % 500, i * 7919 % 500);
            wide.put("key-" + i, i);
        }
        var type = new TypeRef<Map<String, Integer>>() {}.type();

        assertThat(text(codec.encode(grown, type)))
                .isEqualTo(text(codec.encode(wide, type)))
                .isEqualTo(text(codec.encode(Map.copyOf(wide), type)));
    }

    @Test
    void writesEqualSetsInOneOrder() {
        var type = new TypeRef<Set<Item>>() {}.type();
        Set<Item> some = Set.of(item("b"), item("a"), item("c"));

        assertThat(text(codec.encode(some, type)))
                .isEqualTo(text(codec.encode(new HashSet<>(some), type)))
                .matches(".*\"a\".*\"b\".*\"c\".*");
    }

    @Test
    void keepsTheOrderOfContainersThatHaveOne() {
        Map<String, Integer> ordered = new LinkedHashMap<>();
        ordered.put("z", 1);
        ordered.put("a", 2);

        assertThat(text(codec.encode(ordered, new TypeRef<Map<String, Integer>>() {}.type())))
                .isEqualTo("{\"z\":1,\"a\":2}");
        assertThat(text(codec.encode(new TreeSet<>(Set.of(10, 9)), new TypeRef<Set<Integer>>() {}.type())))
                .isEqualTo("[9,10]");
    }

    @Test
    void refusesAValueThatIsNotOfItsType() {
        assertRefused(() -> codec.encode("text", Item.class), ErrorCode.PAYLOAD_UNWRITABLE, String.class, Item.class);
    }

    @Test
    void refusesAValueThatHasNothingToWrite() {
        var service = new Object();
        assertRefused(() -> codec.encode(service, Object.class), ErrorCode.PAYLOAD_UNWRITABLE, Object.class, "json");
    }

    @Test
    void saysWhatIsMissingOfATypeThatDoesNotTellWhichClassItStandsFor() {
        var circle = new Shape.Circle(1);
        var circles = TypeRef.listOf(Shape.class).type();

        assertRefused(
                () -> codec.encode(circle, Shape.class),
                ErrorCode.PAYLOAD_UNWRITABLE,
                "Let " + Shape.class.getTypeName() + " say by @JsonTypeInfo and @JsonSubTypes");
        assertRefused(
                () -> codec.decode(json("[{\"radius\":1}]"), circles),
                ErrorCode.PAYLOAD_UNREADABLE,
                "Let " + Shape.class.getTypeName() + " say by @JsonTypeInfo and @JsonSubTypes");
        assertRefused(
                () -> codec.decode(json("{\"name\":\"Rex\"}"), Animal.class),
                ErrorCode.PAYLOAD_UNREADABLE,
                "Let " + Animal.class.getTypeName() + " say by @JsonTypeInfo and @JsonSubTypes");
        assertRefused(
                () -> codec.encode(new Object(), Object.class),
                ErrorCode.PAYLOAD_UNWRITABLE,
                "Let it be a record of plain values.");
    }

    @Test
    void refusesAValueThatContainsItself() {
        assertRefused(() -> codec.encode(new Loop(), Loop.class), ErrorCode.PAYLOAD_UNWRITABLE, Loop.class);
    }

    @Test
    void refusesWhatIsLargerThanTheLimitAndTakesWhatIsJustAsLarge() {
        var small = new JacksonCodec(1_000);

        assertThat(small.encode("x".repeat(998), String.class).data()).hasSize(1_000);
        assertRefused(
                () -> small.encode("x".repeat(999), String.class),
                ErrorCode.TOO_LARGE,
                String.class,
                "1000",
                "maxPayloadBytes");
        assertRefused(
                () -> small.encode(
                        java.util.Collections.nCopies(1 << 20, ITEM),
                        TypeRef.listOf(Item.class).type()),
                ErrorCode.TOO_LARGE,
                "java.util.List");
    }

    @Test
    void namesTypeCodecPlaceAndReasonOfWhatItCannotRead() {
        var payload = json("{\"rows\":[{\"sku\":\"a\",\"count\":\"many\"}],\"more\":true}");

        assertRefused(
                () -> codec.decode(payload, new TypeRef<Page<Item>>() {}.type()),
                ErrorCode.PAYLOAD_UNREADABLE,
                Page.class,
                "'json'",
                "[\"count\"]",
                "int");
    }

    @Test
    void refusesATypeThatItsConstructorRefuses() {
        assertRefused(
                () -> codec.decode(json("{\"value\":0}"), Positive.class),
                ErrorCode.PAYLOAD_UNREADABLE,
                "0 is not positive");
    }

    @Test
    void refusesWhatIsNotOneWholeDocument() {
        assertRefused(
                () -> codec.decode(json("{\"value\":1"), Positive.class), ErrorCode.PAYLOAD_UNREADABLE, Positive.class);
        assertRefused(() -> codec.decode(json("1 2"), Integer.class), ErrorCode.PAYLOAD_UNREADABLE, Integer.class);
        assertRefused(() -> codec.decode(json(""), Integer.class), ErrorCode.PAYLOAD_UNREADABLE, Integer.class);
        assertRefused(() -> codec.decode(json("\"HUGE\""), Size.class), ErrorCode.PAYLOAD_UNREADABLE, "HUGE");
    }

    @Test
    void codecsReadWithTheOneThatAPayloadNames() {
        var codecs = new Codecs(codec, List.of());
        var payload = codecs.encode(ITEM, Item.class);

        assertThat(codecs.decode(payload, Item.class)).isEqualTo(ITEM);
        assertRefused(
                () -> codecs.decode(new Payload("avro", new byte[0]), Item.class),
                ErrorCode.PAYLOAD_UNREADABLE,
                Item.class,
                "'avro'",
                "[json]");
        assertRefused(() -> new Codecs(codec, List.of(new JacksonCodec(1))), ErrorCode.DUPLICATE_NAME, "'json'");
    }

    private static void assertRefused(Runnable call, ErrorCode code, Object... named) {
        var assertion = assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(code));
        for (Object part : named) {
            assertion.hasMessageContaining(part instanceof Class<?> type ? type.getName() : part.toString());
        }
    }

    private static Payload json(String text) {
        return new Payload("json", text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Payload payload) {
        return new String(payload.data(), StandardCharsets.UTF_8);
    }

    private static Item item(String sku) {
        return new Item(sku, 1, BigDecimal.ONE);
    }

    private static Bean bean() {
        var bean = new Bean();
        bean.setName("b");
        bean.setSize(3);
        return bean;
    }

    private static Arguments of(Type type, @Nullable Object value) {
        return Arguments.of(TypeRef.of((Class<?>) type), value);
    }

    private static Arguments of(TypeRef<?> type, @Nullable Object value) {
        return Arguments.of(type, value);
    }
}
