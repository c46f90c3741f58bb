package io.romancy.benchmarks;

import io.romancy.testkit.postgres.EmbeddedServer;
import io.romancy.testkit.postgres.PostgresServer;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The servers to measure on: one that is given, or embedded ones that are as durable as a server is by default. */
final class Servers implements AutoCloseable {
    private final @Nullable PostgresServer given;
    private @Nullable EmbeddedServer measured;
    private @Nullable EmbeddedServer counting;

    Servers(@Nullable String url) {
        given = url == null ? null : PostgresServer.at(url);
    }

    PostgresServer forThe(Benchmark benchmark) {
        if (given != null) {
            return given;
        }
        return switch (benchmark.needs()) {
            case ANY_STORAGE, POSTGRES -> {
                measured = measured == null ? PostgresServer.startDurable() : measured;
                yield measured.server();
            }
            case COUNTING_POSTGRES -> {
                counting = counting == null
                        ? PostgresServer.startDurable(Map.of("shared_preload_libraries", "pg_stat_statements"))
                        : counting;
                yield counting.server();
            }
        };
    }

    @Override
    public void close() throws Exception {
        if (measured != null) {
            measured.close();
        }
        if (counting != null) {
            counting.close();
        }
    }
}
