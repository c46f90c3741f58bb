package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.suspended;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.Durable;
import io.romancy.api.StartOptions;
import io.romancy.api.Step;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.error.WorkflowFailedException;
import io.romancy.api.type.TypeRef;
import io.romancy.spi.error.ErrorCode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Values of every type come back from their records as they were. */
public abstract class ResultTypesScenario extends Scenario {
    /** One of nearly everything. */
    public record Everything(
            String text,
            int number,
            long large,
            double broken,
            boolean yes,
            char letter,
            BigDecimal price,
            BigInteger huge,
            DayOfWeek day,
            Instant instant,
            LocalDate date,
            LocalDateTime dateTime,
            OffsetDateTime offset,
            ZonedDateTime zoned,
            Duration duration,
            UUID uuid,
            Optional<String> present,
            Optional<String> absent,
            List<List<Item>> nested,
            Map<String, List<Integer>> map,
            Set<DayOfWeek> days,
            @Nullable String nothing,
            Shape shape) {}

    /** A part of a larger value. */
    public record Item(String name, int count) {}

    /** Closed, and told apart by its records alone. */
    public record Shape(double width, double height) {}

    private static Everything everything() {
        Map<String, List<Integer>> map = new LinkedHashMap<>();
        map.put("z", List.of(3, 2));
        map.put("a", List.of());
        return new Everything(
                "text with \"quotes\", \u00e4\u20ac\ud83d\ude80 and\nlines",
                Integer.MIN_VALUE,
                Long.MAX_VALUE,
                0.1 + 0.2,
                true,
                '\u00fc',
                new BigDecimal("12345678901234567890.10"),
                BigInteger.TWO.pow(200),
                DayOfWeek.FRIDAY,
                Instant.parse("2025-01-15T10:30:00.123456789Z"),
                LocalDate.of(2024, 2, 29),
                LocalDateTime.of(2024, 12, 31, 23, 59, 59, 1),
                OffsetDateTime.parse("2025-01-15T10:30:00+05:45"),
                ZonedDateTime.of(2025, 3, 30, 3, 0, 0, 0, ZoneId.of("Europe/Vienna")),
                Duration.ofNanos(1_000_000_001),
                UUID.fromString("123e4567-e89b-42d3-a456-426614174000"),
                Optional.of("there"),
                Optional.empty(),
                List.of(List.of(new Item("a", 1), new Item("b", 2)), List.of()),
                map,
                Set.of(DayOfWeek.MONDAY),
                null,
                new Shape(1.5, 2));
    }

    @Test
    void everythingSurvivesAsInputResultMessageAndOutput() {
        var type = WorkflowType.of(unique("everything"), Everything.class, Everything.class);
        var box = Mailbox.of("everything", Everything.class);
        var tally = new Tally();
        Durable<Everything, Everything> workflow = (ctx, input) -> {
            Everything stepped = ctx.step("echo", Everything.class, () -> {
                tally.mark("body");
                return input;
            });
            Everything received = ctx.receive(box);
            tally.mark(stepped.equals(everything()) && received.equals(stepped) ? "equal" : "different: " + stepped);
            ctx.sleep(Duration.ZERO);
            return stepped;
        };
        String id = id();
        try (var first = worker(options -> options.workflow(type, workflow))) {
            first.romancy().start(type, everything(), StartOptions.id(id));
            first.events().await(suspended(id));
        }
        var second = worker(options -> options.workflow(type, workflow));

        second.romancy().send(id, box, everything());

        assertThat(result(second.romancy().handle(id, type))).isEqualTo(everything());
        assertThat(tally.all())
                .startsWith("body", "equal")
                .doesNotContain("different")
                .hasSizeLessThan(4);
    }

    @Test
    void plainListsMapsBytesAndNothingSurviveAReplay() {
        var type = texts();
        var seen = new Tally();
        byte[] bytes = {0, 1, -1, 127, -128, 10, 13};
        Durable<String, String> workflow = (ctx, input) -> {
            List<Long> numbers = ctx.step(Step.of("numbers", TypeRef.listOf(Long.class)), a -> List.of(1L, 1L << 40));
            Map<DayOfWeek, List<Item>> map = ctx.step(
                    Step.of("map", new TypeRef<Map<DayOfWeek, List<Item>>>() {}),
                    a -> Map.of(DayOfWeek.SUNDAY, List.of(new Item("rest", 1))));
            byte[] binary = ctx.step("bytes", byte[].class, () -> bytes);
            String nothing = ctx.step("nothing", String.class, () -> null);
            int[] array = ctx.step("array", int[].class, () -> new int[] {3, 1, 2});
            seen.mark(numbers + " " + map + " "
                    + new String(binary, StandardCharsets.ISO_8859_1)
                            .equals(new String(bytes, StandardCharsets.ISO_8859_1))
                    + " " + nothing + " " + array[2]);
            return ctx.receive(GO);
        };
        String id = id();
        try (var first = worker(options -> options.workflow(type, workflow))) {
            first.romancy().start(type, "x", StartOptions.id(id));
            first.events().await(suspended(id));
        }
        var second = worker(options -> options.workflow(type, workflow));
        second.romancy().send(id, GO, "done");

        assertThat(result(second.romancy().handle(id, type))).isEqualTo("done");
        assertThat(seen.all()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(seen.all()).allMatch("[1, 1099511627776] {SUNDAY=[Item[name=rest, count=1]]} true null 2"::equals);
    }

    @Test
    void aResultThatIsTooLargeFailsItsStepAtOnceAndSaysHowLargeItMayBe() {
        var type = texts();
        var tally = new Tally();
        var worker = worker(options -> options.maxPayloadBytes(1024)
                .workflow(
                        type,
                        (ctx, input) -> ctx.step("large", String.class, () -> {
                            tally.mark("body");
                            return "x".repeat(2000);
                        })));

        var handle = worker.romancy().start(type, "x");

        assertThatThrownBy(() -> result(handle)).isInstanceOfSatisfying(WorkflowFailedException.class, failed -> {
            assertThat(failed.failure().code()).isEqualTo(ErrorCode.TOO_LARGE.id());
            assertThat(failed.failure().message()).contains("1024");
        });
        assertThat(tally.of("body")).isEqualTo(1);
    }
}
