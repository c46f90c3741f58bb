package io.romancy.testkit.determinism;

import io.romancy.api.Durable;
import io.romancy.api.Step;
import io.romancy.api.WorkflowContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;

/** Everything that must not be found: in steps, compensations and activities, or deterministic after all. */
class WellBehaved implements Durable<String, String> {
    private final Surroundings.Shop shop = new Surroundings.Shop();

    @Override
    public String run(WorkflowContext ctx, String input) {
        Instant now = ctx.now();
        String time = ctx.step("time", String.class, () -> Instant.now().toString());
        ctx.step("sleep", () -> Thread.sleep(1));
        ctx.step(
                Step.of("read", String.class).compensate(text -> Files.delete(Path.of(text))),
                attempt -> Files.readString(Path.of(input)));
        ctx.compensate(() -> Files.delete(Path.of(input)));
        String mine = own(ctx, "mine", () -> System.getenv("HOME"));
        List<Integer> numbers =
                new ArrayList<>(List.of(new Random(42).nextInt(), ctx.random().nextInt()));
        numbers.removeIf(number -> number < 0);
        ctx.sleep(Duration.between(now, now.plusSeconds(1)));
        return shop.reserve(time) + mine + numbers;
    }

    /** A helper that hands bodies on. */
    static String own(WorkflowContext ctx, String name, Callable<String> body) {
        return ctx.step("own " + name, String.class, body);
    }

    /** Not part of the workflow. */
    static String offside() {
        try {
            return Files.readString(Path.of("x")) + System.nanoTime();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
