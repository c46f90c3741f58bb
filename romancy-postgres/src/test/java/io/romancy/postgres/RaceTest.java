package io.romancy.postgres;

import io.romancy.spi.DispatchResult;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A database of its own for each test, somebody who works on it, and a gate that holds what others want. */
abstract class RaceTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    TestDatabase database;
    Storage storage;
    Actors worker;
    Gate gate;

    @BeforeEach
    final void openDatabase() throws SQLException {
        database = TestDatabase.create();
        storage = database.storage();
        worker = Actors.on(storage);
        gate = new Gate(database);
    }

    @AfterEach
    final void closeDatabase() throws SQLException {
        threads.shutdownNow();
        gate.close();
        database.close();
    }

    /** Another storage on this database, known to the server by this name. */
    final Storage open(String workerName) {
        return new PostgresStorageProvider().open(database.settings(), new StorageContext(workerName, "romancy_"));
    }

    final <T> Future<T> inBackground(Callable<T> work) {
        return threads.submit(work);
    }

    /** What is dropped by a dispatch that waits for what the gate has locked, and by the next one. */
    final int droppedBehindTheGate() throws Exception {
        Future<DispatchResult> dispatch = inBackground(() -> storage.messages().dispatch(10));
        gate.awaitWaiting(1);
        gate.open();
        return result(dispatch).dropped() + storage.messages().dispatch(10).dropped();
    }

    static <T> T result(Future<T> future) throws Exception {
        return future.get(60, TimeUnit.SECONDS);
    }
}
