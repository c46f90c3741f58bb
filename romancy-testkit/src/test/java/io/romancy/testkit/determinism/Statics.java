package io.romancy.testkit.determinism;

import io.romancy.api.Durable;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Workflows that read static fields: some hold what differs from process to process, some do not. */
final class Statics {
    private Statics() {}

    /** Each of its fields is another one in the process that replays it. */
    @SuppressWarnings("TimeInStaticInitializer") // that is what must be found
    static final class Moody implements Durable<String, String> {
        private static final Random RANDOM = new Random();
        private static final SecureRandom SECURE = new SecureRandom();
        private static final Instant BOOT = Instant.now();
        private static final Map<String, String> HOSTS = new HashMap<>();

        static {
            HOSTS.put("me", System.getenv("HOSTNAME"));
        }

        @Override
        public String run(WorkflowContext ctx, String input) {
            return input + RANDOM.nextInt() + SECURE.nextInt() + BOOT + HOSTS + Dice.roll();
        }
    }

    /** A class of the same package. */
    static final class Dice {
        static final UUID SIDE;

        static {
            String text = UUID.randomUUID().toString();
            SIDE = UUID.fromString(text);
        }

        private Dice() {}

        static int roll() {
            return SIDE.hashCode();
        }
    }

    enum Size {
        SMALL(1),
        LARGE(2);

        final int factor;

        Size(int factor) {
            this.factor = factor;
        }
    }

    /** Constants, and one field that only a step uses. */
    static final class Calm implements Durable<String, String> {
        static final WorkflowType<String, String> TYPE = WorkflowType.of("calm", String.class, String.class);
        private static final Logger LOG = LoggerFactory.getLogger(Calm.class);
        private static final Mailbox<String> MAIL = Mailbox.of("mail", String.class);
        private static final List<String> NAMES = List.of("a", "b");
        private static final Random OF_STEPS = new Random();

        @Override
        public String run(WorkflowContext ctx, String input) {
            LOG.info("{}", TYPE);
            int drawn = ctx.step("draw", Integer.class, OF_STEPS::nextInt)
                    + ctx.step("again", Integer.class, () -> OF_STEPS.nextInt());
            return NAMES + ctx.receive(MAIL) + Size.LARGE.factor + Size.valueOf(input) + drawn;
        }
    }

    /** A type of workflows with a name of its own. */
    interface Flow extends Durable<String, String> {}

    static Flow flow() {
        return (ctx, input) -> input + UUID.randomUUID();
    }
}
