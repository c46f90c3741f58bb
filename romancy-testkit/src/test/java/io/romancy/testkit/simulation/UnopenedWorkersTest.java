package io.romancy.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.core.annotation.Vetoed;
import io.romancy.api.Durable;
import io.romancy.api.StartOptions;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;
import io.romancy.api.WorkflowType;
import io.romancy.api.activity.Activity;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A simulation in which no worker opens says why. */
@ExtendWith(Quiet.class)
class UnopenedWorkersTest {
    private static final WorkflowType<String, String> ECHO = WorkflowType.of("echo", String.class, String.class);

    @Vetoed // no bean of the applications in other tests
    @Workflow("unopened_self")
    static class SelfCalling implements Durable<String, String> {
        @Override
        public String run(WorkflowContext ctx, String input) {
            return echo(input);
        }

        @Activity
        String echo(String input) {
            return input;
        }
    }

    private static void asks(SimulatedWorld world) {
        world.workflow(ECHO, (ctx, input) -> input);
        world.client("client", client -> client.ask(romancy -> romancy.start(ECHO, "a", StartOptions.id("a"))));
    }

    @Test
    void anOptionThatIsRefusedEndsTheFirstSeed() {
        assertThatThrownBy(() -> Simulation.seed(1).run(world -> {
                    world.engine(builder -> builder.poolSize(-1));
                    asks(world);
                }))
                .hasMessageContaining("Seed 1 failed")
                .hasMessageContaining("ROM-1001")
                .hasMessageContaining("poolSize")
                .hasCauseInstanceOf(RomancyException.class);
    }

    @Test
    void aWorkflowThatIsRefusedEndsTheFirstSeed() {
        assertThatThrownBy(() -> Simulation.seed(1).run(world -> {
                    world.workflow(SelfCalling.class, SelfCalling::new);
                    asks(world);
                }))
                .hasMessageContaining("ROM-1014")
                .hasMessageContaining(SelfCalling.class.getName())
                .hasCauseInstanceOf(RomancyException.class);
    }

    @Test
    void whatMayPassIsTriedAgainAndReportedInTheEnd() {
        assertThatThrownBy(() -> Simulation.seed(1).run(world -> {
                    world.engine(builder -> {
                        throw new RomancyException(ErrorCode.STORAGE_BUSY, "The database is in maintenance.");
                    });
                    asks(world);
                }))
                .hasMessageContaining("[client] wait")
                .hasMessageContaining("worker-0 did not open: ")
                .hasMessageContaining("ROM-5003: The database is in maintenance.");
    }
}
