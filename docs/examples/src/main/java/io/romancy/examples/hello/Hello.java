package io.romancy.examples.hello;

import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.romancy.api.Romancy;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;

/** A workflow in plain Java: it survives the end of the process at each of its lines. */
public final class Hello {
    static final WorkflowType<String, String> HELLO = WorkflowType.of("hello", String.class, String.class);
    static final Mailbox<String> ANSWERS = Mailbox.of("answers", String.class);

    private Hello() {}

    static String hello(WorkflowContext ctx, String name) {
        var greeting = ctx.step("greet", String.class, () -> "Hello " + name); // done once, then recorded
        ctx.sleep(ofSeconds(1)); // also over a restart
        var answer = ctx.receive(ANSWERS); // no thread and no connection is held while nobody answers
        return greeting + ", " + answer;
    }

    static String run(String database) {
        try (var romancy = Romancy.builder()
                .database(database)
                .workflow(HELLO, Hello::hello)
                .open()) {
            var ada = romancy.start(HELLO, "Ada");
            ada.send(ANSWERS, "nice to meet you");
            return ada.result(ofMinutes(1));
        }
    }

    public static void main(String... args) {
        System.out.println(run("jdbc:sqlite:hello.db"));
    }
}
