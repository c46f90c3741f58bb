package io.romancy.examples.transactions;

import io.micronaut.transaction.annotation.Transactional;
import io.romancy.api.Durable;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import io.romancy.api.channel.Mailbox;
import jakarta.inject.Singleton;

/** The workflows of these tests. */
final class Flows {
    static final Mailbox<String> GO = Mailbox.of("go", String.class);

    private Flows() {}

    /** Calls the activity that its input names, with the rest of the input. */
    @Workflow("calling")
    static class Calling implements Durable<String, String> {
        private final Writing writing;
        private final Surrounding surrounding;

        Calling(Writing writing, Surrounding surrounding) {
            this.writing = writing;
            this.surrounding = surrounding;
        }

        @Override
        public String run(WorkflowContext ctx, String input) throws Exception {
            String[] parts = input.split(" ", 2);
            return switch (parts[0]) {
                case "one" -> writing.one(parts[1]);
                case "ten" -> {
                    for (int i = 0; i < 10; i++) {
                        writing.one(parts[1]);
                    }
                    yield "ten";
                }
                case "all" -> writing.all(parts[1]);
                case "outside" -> writing.outside(parts[1]);
                case "look" -> String.valueOf(writing.look(parts[1]));
                case "swallow" -> writing.swallow(parts[1]);
                case "nested" -> writing.nested(parts[1]);
                case "surrounded" -> surrounding.both(parts[1]);
                case "undecided" -> writing.undecided(parts[1]);
                default -> throw new IllegalArgumentException(input);
            };
        }
    }

    /** A helper of a workflow that means well. */
    @Singleton
    static class Surrounding {
        private final Writing writing;

        Surrounding(Writing writing) {
            this.writing = writing;
        }

        @Transactional
        String both(String note) {
            return writing.one(note) + writing.outside(note);
        }
    }

    /** Is started by others. */
    @Workflow("child")
    static class Child implements Durable<String, String> {
        @Override
        public String run(WorkflowContext ctx, String input) {
            return input;
        }
    }

    /** Waits for a message. */
    @Workflow("waiter")
    static class Waiter implements Durable<String, String> {
        @Override
        public String run(WorkflowContext ctx, String input) {
            return ctx.receive(GO);
        }
    }

    /** Waits for news. */
    @Workflow("reader")
    static class Reader implements Durable<String, String> {
        @Override
        public String run(WorkflowContext ctx, String input) {
            ctx.subscribe(Writing.NEWS);
            return ctx.receive(Writing.NEWS);
        }
    }
}
