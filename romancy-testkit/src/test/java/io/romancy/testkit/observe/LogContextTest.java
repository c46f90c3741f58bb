package io.romancy.testkit.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.api.Step;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

/** Which instance a log line belongs to. */
class LogContextTest {
    private static final WorkflowType<String, String> LOGGING = WorkflowType.of("logging", String.class, String.class);
    private static final Mailbox<String> GO = Mailbox.of("go", String.class);

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private final AtomicReference<@Nullable String> own = new AtomicReference<>();

    private String logging(WorkflowContext ctx, String input) {
        MDC.put("own", "of the application");
        note("run");
        ctx.step("step", String.class, () -> note("step"));
        ctx.step(Step.of("timed", String.class).timeout(Duration.ofMinutes(1)), attempt -> note("timed step"));
        ctx.receive(GO);
        own.set(MDC.get("own"));
        return note("after the wait");
    }

    private String note(String where) {
        seen.add(where + " " + MDC.get("romancy.instance") + " " + MDC.get("romancy.workflow"));
        return where;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 10})
    void saysTheInstanceInRunsAndSteps(int parked) {
        try (var romancy = Romancy.builder()
                .database("romancy:memory:log-context-" + parked)
                .maxParkedWorkflows(parked)
                .workflow(LOGGING, () -> this::logging)
                .open()) {
            var handle = romancy.start(LOGGING, "x", StartOptions.id("l1"));
            handle.send(GO, "go");
            assertThat(handle.result(Duration.ofSeconds(60))).isEqualTo("after the wait");
        }

        assertThat(seen)
                .contains("run l1 logging", "step l1 logging", "timed step l1 logging", "after the wait l1 logging")
                .allMatch(line -> line.endsWith(" l1 logging"));
        assertThat(own).as("what the application put there stays").hasValue("of the application");
        assertThat(MDC.get("romancy.instance")).as("of the caller").isNull();
    }
}
