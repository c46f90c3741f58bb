package io.romancy.testkit.simulation;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.MessageOptions;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Topic;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Publishers, and readers who subscribe at some time and read until the last page. */
final class Newspapers {
    static final WorkflowType<String, String> READER = WorkflowType.of("reader", String.class, String.class);
    static final WorkflowType<Integer, Void> PRESS = WorkflowType.of("press", Integer.class, Void.class);
    static final Topic<String> NEWS = Topic.broadcast("news", String.class);

    private Newspapers() {}

    static void arrange(SimulatedWorld world, int readers, int pages) {
        Set<String> subscribed = new HashSet<>();
        world.workflow(READER, (ctx, name) -> read(ctx, name, subscribed));
        world.workflow(PRESS, Newspapers::print);
        List<String> names =
                IntStream.range(0, readers).mapToObj(i -> "reader-" + i).toList();
        names.forEach(name -> world.client(name, client -> {
            world.passUpTo(ofSeconds(3));
            client.ask(romancy -> romancy.start(READER, name, StartOptions.id(name)));
            String last = client.ask(romancy -> romancy.handle(name, READER).result(ofMinutes(20)));
            assertThat(last).isEqualTo("the last page");
        }));
        world.client("press", client -> {
            client.ask(romancy -> romancy.start(PRESS, pages, StartOptions.id("press")));
            for (int i = 0; i < pages; i++) {
                String page = "extra " + i;
                client.tell(romancy -> romancy.publish(NEWS, page, MessageOptions.key(page)));
                world.passUpTo(ofSeconds(1));
            }
            client.ask(romancy -> romancy.handle("press", PRESS).result(ofMinutes(20)));
            while (!subscribed.containsAll(names)) {
                world.pass(ofMillis(500));
            }
            client.tell(romancy -> romancy.publish(NEWS, "the last page", MessageOptions.key("last")));
        });
    }

    private static String read(WorkflowContext ctx, String name, Set<String> subscribed) {
        ctx.subscribe(NEWS);
        ctx.step("note", () -> subscribed.add(name));
        String page = "";
        while (!page.equals("the last page")) {
            page = ctx.receive(NEWS);
        }
        return page;
    }

    private static Void print(WorkflowContext ctx, Integer pages) {
        for (int i = 0; i < pages; i++) {
            ctx.publish(NEWS, "page " + i);
            if (i % 2 == 0) {
                ctx.sleep(ofMillis(300));
            }
        }
        return null;
    }
}
