package io.romancy.examples.features;

import static java.time.Duration.ofMinutes;

import io.romancy.api.Romancy;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowHandle;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.Topic;
import java.util.List;
import java.util.stream.Stream;

/**
 * A topic reaches workflows that its publisher does not know. A broadcast one reaches all who are subscribed, a competing one gives each
 * message to one of them and keeps it until somebody takes it.
 */
public final class Topics {
    static final Topic<String> NEWS = Topic.broadcast("news", String.class);
    static final Topic<String> JOBS = Topic.competing("jobs", String.class);
    static final Mailbox<String> READY = Mailbox.of("ready", String.class);

    static final WorkflowType<String, String> CLERK = WorkflowType.of("clerk", String.class, String.class);
    static final WorkflowType<Integer, String> OFFICE = WorkflowType.of("office", Integer.class, String.class);

    private Topics() {}

    /** Subscribes, says so, and waits for a job and for the news. */
    static String clerk(WorkflowContext ctx, String office) {
        ctx.subscribe(JOBS);
        ctx.subscribe(NEWS); // from here on, whatever is published
        ctx.send(office, READY, ctx.info().id());
        return ctx.receive(JOBS) + ", " + ctx.receive(NEWS);
    }

    /** Publishes when all clerks are there: a workflow may publish too, once, however often it is replayed. */
    static String office(WorkflowContext ctx, int clerks) {
        for (int i = 0; i < clerks; i++) {
            ctx.receive(READY);
        }
        for (int i = 1; i <= clerks; i++) {
            ctx.publish(JOBS, "job " + i); // to one of them
        }
        ctx.publish(NEWS, "tea is ready"); // to all of them
        return "published";
    }

    static List<String> run(String database) {
        try (var romancy = Romancy.builder()
                .database(database)
                .workflow(CLERK, Topics::clerk)
                .workflow(OFFICE, Topics::office)
                .open()) {
            var office = romancy.start(OFFICE, 2);
            var clerks = Stream.of(romancy.start(CLERK, office.id()), romancy.start(CLERK, office.id()))
                    .toList();
            return clerks.stream().map(Topics::result).sorted().toList();
        }
    }

    private static String result(WorkflowHandle<String> handle) {
        return handle.result(ofMinutes(1));
    }

    public static void main(String... args) {
        System.out.println(run("jdbc:sqlite:topics.db"));
    }
}
