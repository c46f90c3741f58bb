package io.romancy.testkit.simulation;

import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.StartOptions;
import io.romancy.spi.DispatchResult;
import io.romancy.spi.RunStore;
import io.romancy.spi.Storage;
import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.model.Claim;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.opentest4j.AssertionFailedError;

/** What is wrong in a storage, in a workflow or in a scenario comes to light within some hundred seeds, and says what it is. */
@ExtendWith(Quiet.class)
class SimulationFindsTest {
    private static final int SEEDS = 300;

    @Test
    void aStorageThatDoesNotCheckTheFence() {
        finds(
                        "shop",
                        BrokenWays.writing(runs -> commit ->
                                new Commit.OfRun(newest(runs, commit.claim()), commit.changes(), commit.transition())))
                .hasMessageContaining("at fence");
    }

    /** The claim at the fence that is in force, whatever it is. */
    private static Claim newest(RunStore runs, Claim claim) {
        for (long fence = claim.fence(); fence < claim.fence() + 10; fence++) {
            var newer = new Claim(claim.run(), claim.id(), fence, claim.wake());
            var look = runs.look(newer, Set.of());
            if (look.isPresent()) {
                return newer.seen(look.get().wake());
            }
        }
        return claim;
    }

    /** Where nobody waits with a time-out, after which it would look again. */
    @Test
    void aStorageThatDoesNotCountWakes() {
        finds("bank", BrokenWays.writing(runs -> commit -> {
                    var look = runs.look(commit.claim(), Set.of());
                    return look.isEmpty()
                            ? commit
                            : new Commit.OfRun(
                                    commit.claim().seen(look.get().wake()), commit.changes(), commit.transition());
                }))
                .hasMessageContaining("Nothing goes on any more")
                .hasMessageContaining("waitsFor=[m:");
    }

    @Test
    void aStorageThatForgetsWhatWasConsumed() {
        finds(
                        "newspaper",
                        BrokenWays.writing(runs -> commit -> new Commit.OfRun(
                                commit.claim(),
                                commit.changes().stream()
                                        .filter(change -> !(change instanceof Change.Consume))
                                        .toList(),
                                commit.transition())))
                .hasMessageContaining("received twice");
    }

    @Test
    void aStorageThatForgetsOneOfManyRecords() {
        finds(
                        "shop",
                        BrokenWays.writing(runs -> commit -> commit.changes().size() < 2
                                ? commit
                                : new Commit.OfRun(
                                        commit.claim(),
                                        commit.changes()
                                                .subList(1, commit.changes().size()),
                                        commit.transition())))
                .hasMessageContaining("recorded");
    }

    @Test
    void aStorageThatSaysThatItDispatchedAndDidNot() {
        finds("bank", BrokenWays.dispatching(messages -> DispatchResult.nothing()))
                .hasMessageContaining("Nothing goes on any more");
    }

    @Test
    void aWorkflowThatKeepsSomethingOutsideOfItsHistory() {
        finds(world -> {
                    int[] hidden = {0};
                    world.workflow(Shops.OTHER, (ctx, nothing) -> {
                        ctx.step("step " + hidden[0]++, () -> {});
                        ctx.sleep(ofMinutes(1));
                        return "done";
                    });
                    world.client("client", client -> {
                        client.ask(romancy -> romancy.start(Shops.OTHER, StartOptions.id("other")));
                        client.ask(
                                romancy -> romancy.handle("other", Shops.OTHER).result(ofMinutes(10)));
                    });
                })
                .hasMessageContaining("its history has 'step 0:1'");
    }

    @Test
    void aStepThatWaitsForSomethingReal() {
        var never = new CountDownLatch(1);
        assertThatThrownBy(() -> Simulation.seed(1)
                        .patience(Duration.ofMillis(300))
                        .run(world -> {
                            world.workflow(Shops.OTHER, (ctx, nothing) -> {
                                ctx.step("wait", never::await);
                                return "done";
                            });
                            world.client("client", client -> client.ask(romancy -> romancy.start(Shops.OTHER)));
                        }))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("waits for something outside of the simulation")
                .hasMessageContaining("CountDownLatch.await");
        never.countDown();
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> finds(
            String scenario, UnaryOperator<Storage> broken) {
        return assertThatThrownBy(
                        () -> Simulation.seeds(SEEDS).workers(3).storage(broken).run(Scenarios.named(scenario)))
                .isInstanceOf(AssertionFailedError.class);
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> finds(SimulatedScenario scenario) {
        return assertThatThrownBy(() -> Simulation.seeds(SEEDS).run(scenario)).isInstanceOf(AssertionFailedError.class);
    }
}
