package io.romancy.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.testkit.postgres.PostgresServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each benchmark works, at a size that measures nothing. */
final class SmokeTest {
    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    void measuresSomething(Benchmark benchmark) throws Exception {
        try (var lab = new Lab(PostgresServer.shared(), null, Scale.smoke())) {
            List<Figure> figures = benchmark.run(lab);

            assertThat(figures).isNotEmpty().allSatisfy(figure -> {
                assertThat(figure.judged()).isFinite().isNotNegative();
                assertThat(figure.measured()).matches("[0-9].*");
            });
            assertThat(Table.of(figures)).contains(figures.getFirst().what());
        }
    }

    static Stream<Named<Benchmark>> all() {
        return Benchmarks.all().stream().map(benchmark -> Named.of(benchmark.name(), benchmark));
    }
}
