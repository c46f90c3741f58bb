package io.romancy.testkit.memory;

import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.testkit.contract.StorageUnderTest;
import java.util.concurrent.atomic.AtomicLong;

/** A memory database of its own for each test. */
final class MemoryUnderTest implements StorageUnderTest {
    private static final AtomicLong COUNTER = new AtomicLong();

    private final String url;
    private final Storage storage;

    MemoryUnderTest(String parameters) {
        this.url = "romancy:memory:contract-" + COUNTER.incrementAndGet() + parameters;
        this.storage = another();
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Storage another() {
        return new MemoryStorageProvider().open(StorageSettings.of(url), new StorageContext("contract", "romancy_"));
    }

    @Override
    public void close() {
        storage.close();
    }
}
