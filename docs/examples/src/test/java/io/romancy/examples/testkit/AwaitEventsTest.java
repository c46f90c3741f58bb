package io.romancy.examples.testkit;

import static io.romancy.testkit.record.EventConditions.claimed;
import static io.romancy.testkit.record.EventConditions.suspended;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.StartOptions;
import io.romancy.api.WorkflowType;
import io.romancy.api.channel.Mailbox;
import io.romancy.testkit.EngineSetup;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import io.romancy.testkit.record.EventConditions;
import org.junit.jupiter.api.Test;

/** A test waits for what happens, never for time to pass; what did not happen explains itself. */
@RomancyTest
class AwaitEventsTest {
    static final WorkflowType<Void, String> DOOR = WorkflowType.of("door", Void.class, String.class);
    static final Mailbox<String> BELL = Mailbox.of("bell", String.class);

    @EngineSetup
    void engine(RomancyBuilder builder) {
        builder.workflow(DOOR, (ctx, nothing) -> ctx.receive(BELL));
    }

    @Test
    void theDoorWaitsUntilSomebodyRings(TestRomancy romancy) {
        var door = romancy.start(DOOR, StartOptions.id("door-1"));
        romancy.events().await(suspended("door-1"));

        door.send(BELL, "it is me");

        assertThat(door.result(ofMinutes(1))).isEqualTo("it is me");
        romancy.events().await(claimed("door-1"));
    }

    @Test
    void whatDidNotHappenIsSaidWithAllThatDid(TestRomancy romancy) {
        romancy.start(DOOR, StartOptions.id("door-2"));
        romancy.events().await(suspended("door-2"));

        assertThatThrownBy(() -> romancy.events().await(EventConditions.ended("door-2"), ofSeconds(0)))
                .hasMessageContaining("Waited PT0S for the end of 'door-2', heard 0")
                .hasMessageContaining("WorkflowSuspended[id=door-2, channels=[m:bell], timer=false]");
    }
}
