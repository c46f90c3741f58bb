package io.romancy.examples.features;

import static io.romancy.api.MessageOptions.key;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;

import io.romancy.api.Romancy;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.type.TypeRef;
import java.util.ArrayList;
import java.util.List;

/**
 * Each workflow has mailboxes, from its start to its end: a message that comes before the workflow asks for it waits there, and messages
 * are received in the order in which they were sent. Those with the same key are one message.
 */
public final class Messages {
    /** A line of a shopping list. */
    record Line(String item, int quantity) {}

    static final WorkflowType<Integer, List<String>> SHOPPING =
            new WorkflowType<>("shopping", TypeRef.of(Integer.class), TypeRef.listOf(String.class));
    static final Mailbox<Line> LINES = Mailbox.of("lines", Line.class);

    private Messages() {}

    static List<String> shop(WorkflowContext ctx, int atMost) {
        List<String> basket = new ArrayList<>(); // a local variable: replay rebuilds it
        while (basket.size() < atMost) {
            var line = ctx.receive(LINES, ofMillis(500)); // empty when the time is over
            if (line.isEmpty()) {
                basket.add("nothing more");
                break;
            }
            basket.add(line.get().quantity() + " " + line.get().item());
        }
        return basket;
    }

    static List<String> run(String database) {
        try (var romancy = Romancy.builder()
                .database(database)
                .workflow(SHOPPING, Messages::shop)
                .open()) {
            var list = romancy.start(SHOPPING, 10);
            list.send(LINES, new Line("apples", 5));
            list.send(LINES, new Line("bread", 1), key("click-1"));
            list.send(LINES, new Line("bread", 1), key("click-1")); // a double click
            return list.result(ofMinutes(1));
        }
    }

    public static void main(String... args) {
        System.out.println(run("jdbc:sqlite:messages.db"));
    }
}
