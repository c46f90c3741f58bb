package io.romancy.testkit.simulation;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.StartOptions;
import io.romancy.api.Step;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.api.error.TerminalException;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.InstanceStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Journeys that are booked in parts, some of which cannot be had, and some of which are cancelled: then what was booked is given back. */
final class Journeys {
    static final WorkflowType<String, String> JOURNEY = WorkflowType.of("journey", String.class, String.class);
    private static final List<String> PARTS = List.of("train", "hotel", "boat");

    private final SimulatedWorld world;
    private final Map<String, List<String>> booked = new HashMap<>();
    private final Map<String, List<String>> givenBack = new HashMap<>();

    private Journeys(SimulatedWorld world) {
        this.world = world;
    }

    static void arrange(SimulatedWorld world, int travellers) {
        var journeys = new Journeys(world);
        world.workflow(JOURNEY, journeys::book);
        for (int i = 0; i < travellers; i++) {
            String name = "traveller-" + i;
            world.client(name, client -> journeys.travel(name, client));
        }
    }

    private void travel(String name, SimulatedClient client) throws Exception {
        world.passUpTo(ofSeconds(1));
        client.ask(romancy -> romancy.start(JOURNEY, name, StartOptions.id(name)));
        boolean changesHisMind = world.random().nextBoolean();
        if (changesHisMind) {
            world.passUpTo(ofSeconds(4));
            client.ask(romancy -> romancy.handle(name).cancel("changed my mind"));
        }
        InstanceStatus end = end(name, client);
        List<String> bought = booked.getOrDefault(name, List.of());
        var returned = new LinkedHashSet<>(givenBack.getOrDefault(name, List.of()));
        switch (end) {
            case COMPLETED -> assertThat(returned).isEmpty();
            case FAILED -> assertThat(returned).containsExactly("hotel", "train");
            case CANCELLED -> {
                assertThat(changesHisMind).isTrue();
                assertThat(bought).containsAll(returned);
                assertThat(PARTS.reversed().stream().filter(returned::contains)).containsExactlyElementsOf(returned);
            }
            default -> throw new AssertionError(name + " ended as " + end);
        }
    }

    private static InstanceStatus end(String name, SimulatedClient client) throws Exception {
        try {
            client.ask(romancy -> romancy.handle(name, JOURNEY).result(ofMinutes(30)));
            return InstanceStatus.COMPLETED;
        } catch (RomancyException e) {
            assertThat(e.code()).isIn(ErrorCode.WORKFLOW_FAILED, ErrorCode.WORKFLOW_CANCELLED);
            return e.code() == ErrorCode.WORKFLOW_FAILED ? InstanceStatus.FAILED : InstanceStatus.CANCELLED;
        }
    }

    private String book(WorkflowContext ctx, String name) {
        for (String part : PARTS) {
            Step<String> step = Step.of(part, String.class)
                    .retry(RetryPolicy.defaults()
                            .attempts(0)
                            .delay(ofMillis(100))
                            .maxDelay(ofSeconds(1)))
                    .timeout(ofSeconds(2))
                    .compensate(ticket -> givenBack
                            .computeIfAbsent(name, n -> new ArrayList<>())
                            .add(part));
            ctx.step(step, activity -> {
                if (part.equals("boat") && name.hashCode() % 3 == 0) {
                    throw new TerminalException("no boat for " + name);
                }
                if (world.random().nextInt(4) == 0) {
                    throw new IllegalStateException("busy");
                }
                booked.computeIfAbsent(name, n -> new ArrayList<>()).add(part);
                return "ticket of " + part;
            });
            ctx.sleep(part.equals("hotel") ? ofDays(1) : ofMillis(400));
        }
        return "went";
    }
}
