package io.romancy.testkit.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.romancy.api.StartOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.opentest4j.AssertionFailedError;

/** One seed is one run: the same in every detail, however often, and in another process as well. */
@ExtendWith(Quiet.class)
class ReplayedSeedTest {
    private static final int SEEDS = 25;

    static String[] scenarios() {
        return Scenarios.ALL.keySet().toArray(String[]::new);
    }

    @ParameterizedTest
    @MethodSource("scenarios")
    void theSameSeedsDoTheSameAgain(String scenario) {
        assertThat(hash(scenario)).isEqualTo(hash(scenario));
    }

    @Test
    void otherSeedsDoSomethingElse() {
        long[] hashes = new long[SEEDS];
        Arrays.setAll(
                hashes,
                seed -> Simulation.seed(seed).run(Scenarios.named("shop")).hash());

        assertThat(hashes).doesNotHaveDuplicates();
    }

    /** Hash codes, the order of immutable sets and much else differ from process to process. */
    @Test
    void anotherProcessDoesTheSame() throws IOException, InterruptedException {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReplayedSeedTest.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(other.waitFor()).isZero();
        assertThat(said.lines()).containsExactly(hashes().split("\n"));
    }

    @Test
    void aSeedThatFailsFailsAgainInTheSameWay() {
        SimulatedScenario broken = world -> {
            Shops.arrange(world, 2);
            int[] deaths = {0};
            world.workflow(Shops.OTHER, (ctx, nothing) -> {
                ctx.step("count", () -> deaths[0]++);
                return "done";
            });
            world.client("counter", client -> {
                client.ask(romancy -> romancy.start(Shops.OTHER, StartOptions.id("other")));
                client.ask(romancy -> romancy.handle("other", Shops.OTHER).result(Duration.ofMinutes(10)));
            });
            world.afterwards(() -> assertThat(deaths[0]).isOne());
        };
        var first = failure(Simulation.seeds(500), broken);
        long seed = Long.parseLong(first.replaceAll("(?s)^Seed (\\d+) failed.*", "$1"));

        assertThat(first).contains("Simulation.seed(" + seed + ")", "dies", "runs step count:1 of other, attempt 1");
        assertThat(failure(Simulation.seed(seed), broken)).isEqualTo(first);
    }

    private static String failure(Simulation simulation, SimulatedScenario scenario) {
        return String.valueOf(catchThrowableOfType(AssertionFailedError.class, () -> simulation.run(scenario))
                .getMessage());
    }

    private static long hash(String scenario) {
        return Simulation.seeds(SEEDS).workers(3).run(Scenarios.named(scenario)).hash();
    }

    private static String hashes() {
        StringBuilder text = new StringBuilder();
        Scenarios.ALL
                .keySet()
                .forEach(
                        name -> text.append(name).append(' ').append(hash(name)).append('\n'));
        return text.toString();
    }

    /** The other process. */
    public static void main(String[] args) {
        Quiet.off();
        System.out.print(hashes());
    }

    @Test
    void noSeedsAtAllAreRefused() {
        assertThatThrownBy(() -> Simulation.seeds(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("would check nothing and pass");
    }
}
