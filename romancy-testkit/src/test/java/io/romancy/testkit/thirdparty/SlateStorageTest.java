package io.romancy.testkit.thirdparty;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.Storage;
import io.romancy.testkit.contract.StorageContractSuite;
import io.romancy.testkit.contract.StorageUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A third party runs the whole suite on its storage with what is in the testkit, and writes the storage with what is in the SPI. */
class SlateStorageTest extends StorageContractSuite {
    private static final Path SOURCES = Path.of("src/test/java/io/romancy/testkit/thirdparty");

    @Override
    protected StorageUnderTest open() {
        var slate = new Slate();
        Storage first = new SlateStorage(slate);
        return new StorageUnderTest() {
            @Override
            public Storage storage() {
                return first;
            }

            @Override
            public Storage another() {
                return new SlateStorage(slate);
            }

            @Override
            public void close() {
                first.close();
            }
        };
    }

    @Test
    void theStorageKnowsNothingOfRomancyButItsSpi() throws IOException {
        try (Stream<Path> files = Files.list(SOURCES)) {
            List<Path> storage =
                    files.filter(file -> !file.toString().endsWith("Test.java")).toList();
            assertThat(storage)
                    .hasSizeGreaterThan(15)
                    .allSatisfy(file -> assertThat(Files.readString(file))
                            .doesNotContainPattern("import (static )?io\\.romancy\\.(?!spi\\.)"));
        }
    }
}
