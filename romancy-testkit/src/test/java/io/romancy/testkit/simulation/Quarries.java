package io.romancy.testkit.simulation;

import static java.time.Duration.ZERO;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.MessageOptions;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.Topic;
import io.romancy.api.type.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Stones that competing workers take, each one once, until they are sent home. */
final class Quarries {
    static final WorkflowType<Void, List<String>> DIGGER =
            WorkflowType.of("digger", TypeRef.of(Void.class), TypeRef.listOf(String.class));
    static final Topic<String> STONES = Topic.competing("stones", String.class);
    static final Mailbox<Boolean> HOME = Mailbox.of("home", Boolean.class);

    private Quarries() {}

    static void arrange(SimulatedWorld world, int diggers, int stones) {
        Set<String> broken = new TreeSet<>();
        world.workflow(DIGGER, (ctx, nothing) -> dig(ctx, broken));
        List<String> names =
                IntStream.range(0, diggers).mapToObj(i -> "digger-" + i).toList();
        List<String> all = new ArrayList<>();
        for (int i = 0; i < stones; i++) {
            all.add("stone-" + i);
        }
        all.forEach(stone -> world.client("cart of " + stone, client -> {
            world.passUpTo(ofSeconds(5));
            client.tell(romancy -> romancy.publish(STONES, stone, MessageOptions.key(stone)));
        }));
        world.client("foreman", client -> {
            for (String name : names) {
                client.ask(romancy -> romancy.start(DIGGER, StartOptions.id(name)));
            }
            while (broken.size() < stones) {
                world.pass(ofMillis(500));
            }
            List<String> taken = new ArrayList<>();
            for (String name : names) {
                client.tell(romancy -> romancy.send(name, HOME, true, MessageOptions.key("home")));
                taken.addAll(client.ask(romancy -> romancy.handle(name, DIGGER).result(ofMinutes(10))));
            }
            assertThat(taken).containsExactlyInAnyOrderElementsOf(all);
        });
    }

    private static List<String> dig(WorkflowContext ctx, Set<String> broken) {
        List<String> mine = new ArrayList<>();
        ctx.subscribe(STONES);
        while (ctx.receive(HOME, ZERO).isEmpty()) {
            ctx.receive(STONES, ofSeconds(2)).ifPresent(stone -> {
                ctx.step("break", () -> broken.add(stone));
                mine.add(stone);
            });
        }
        return mine;
    }
}
