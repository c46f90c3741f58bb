package io.romancy.testkit.determinism;

import io.romancy.api.Durable;
import io.romancy.api.Romancy;
import io.romancy.api.WorkflowContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** A workflow that does everything wrong, each in a method of its own. */
final class Misbehaved implements Durable<List<String>, String> {
    private final Random random = new Random();
    private final Surroundings.Prices prices;
    private final Surroundings.Shop shop;
    private final Romancy romancy;
    private final Connection connection;

    Misbehaved(Surroundings.Prices prices, Surroundings.Shop shop, Romancy romancy, Connection connection) {
        this.prices = prices;
        this.shop = shop;
        this.romancy = romancy;
        this.connection = connection;
    }

    @Override
    public String run(WorkflowContext ctx, List<String> items) throws Exception {
        return clock() + chance(items) + threads(items) + outside() + prices.of("chair") + shop.reserve("x");
    }

    String clock() {
        return Instant.now() + " " + System.nanoTime();
    }

    String chance(List<String> items) {
        Supplier<UUID> ids = UUID::randomUUID;
        Collections.shuffle(items);
        return ids.get().toString() + random.nextInt();
    }

    String threads(List<String> items) throws InterruptedException {
        Thread.sleep(1);
        CompletableFuture<String> later = CompletableFuture.supplyAsync(() -> shop.reserve("y"));
        new ReentrantLock().lock();
        synchronized (this) {
            return later.join() + items.parallelStream().count() + prices.locked();
        }
    }

    String outside() throws IOException, java.sql.SQLException {
        romancy.handle("x").cancel("because");
        return Files.readString(Path.of("x")) + System.getenv("HOME") + shop.stock(connection);
    }
}
