package io.romancy.testkit.determinism;

import io.romancy.api.Durable;
import io.romancy.api.WorkflowContext;
import java.time.Clock;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Workflows that ask clocks: of their own, of the system, and such as they are given. */
final class Clocks {
    private Clocks() {}

    /** It stands where ctx.now() put it, so that a replay reads the same. */
    static final class Fixed implements Durable<String, String> {
        @Override
        public String run(WorkflowContext ctx, String input) {
            Clock clock = Clock.fixed(ctx.now(), ZoneOffset.UTC);
            InstantSource source = InstantSource.fixed(ctx.now());
            return input + LocalDate.now(clock) + date(clock) + clock.instant() + clock.millis() + source.instant();
        }

        private static ZonedDateTime date(Clock clock) {
            return ZonedDateTime.now(clock);
        }
    }

    /** Each is found where it is made. */
    static final class OfSystem implements Durable<String, String> {
        private static final Clock SECONDS = Clock.tickSeconds(ZoneOffset.UTC);
        private final Clock minutes = Clock.tickMinutes(ZoneOffset.UTC);

        @Override
        public String run(WorkflowContext ctx, String input) {
            Clock clock = Clock.systemUTC();
            return input + LocalDate.now(clock) + SECONDS.instant() + LocalDate.now(ZoneOffset.UTC) + minutes;
        }
    }

    /** Nobody here knows what it was made as; a system clock, most likely. */
    static final class Given implements Durable<String, String> {
        private final Clock clock;

        Given(Clock clock) {
            this.clock = clock;
        }

        @Override
        public String run(WorkflowContext ctx, String input) {
            return input + LocalDate.now(clock) + clock.millis();
        }
    }
}
