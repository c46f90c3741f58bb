package io.romancy.sqlite;

import io.romancy.spi.Storage;
import io.romancy.testkit.contract.StorageContractSuite;
import io.romancy.testkit.contract.StorageUnderTest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;

/** SQLite is held to the contract of every storage. */
class SqliteContractTest extends StorageContractSuite {
    @TempDir
    static Path folder;

    @Override
    protected StorageUnderTest open() {
        return new UnderTest(folder.resolve("contract.db"));
    }

    /** One file for the whole class; what power loss would do is no part of the contract, so nothing waits for the disk. */
    private static final class UnderTest implements StorageUnderTest {
        private static final Map<String, String> UNSAFE = Map.of(Options.SYNCHRONOUS, "off");

        private final Path file;
        private final Storage storage;

        UnderTest(Path file) {
            this.file = file;
            this.storage = TestFiles.open(file, UNSAFE);
        }

        @Override
        public Storage storage() {
            return storage;
        }

        @Override
        public Storage another() {
            return TestFiles.open(file, UNSAFE);
        }

        @Override
        public void close() {
            storage.close();
        }
    }
}
