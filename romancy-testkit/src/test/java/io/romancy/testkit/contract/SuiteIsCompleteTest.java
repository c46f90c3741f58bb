package io.romancy.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SuiteIsCompleteTest {

    @Test
    void everyThemeOfTheContractIsInTheSuite() throws Exception {
        List<String> inSuite = Arrays.stream(StorageContractSuite.class.getDeclaredClasses())
                .map(nested -> nested.getSuperclass().getSimpleName())
                .toList();

        assertThat(inSuite)
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(20)
                .containsExactlyInAnyOrderElementsOf(themes());
    }

    private static List<String> themes() throws IOException, URISyntaxException {
        var folder = Path.of(Objects.requireNonNull(StorageContract.class.getResource("StorageContract.class"))
                        .toURI())
                .getParent();
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(file -> file.endsWith("Contract.class"))
                    .map(file -> file.substring(0, file.length() - ".class".length()))
                    .filter(SuiteIsCompleteTest::isTheme)
                    .toList();
        }
    }

    /** What extends the contract of storages; that of notification sources is another one. */
    private static boolean isTheme(String name) {
        try {
            Class<?> type = Class.forName(StorageContract.class.getPackageName() + "." + name);
            return type != StorageContract.class && StorageContract.class.isAssignableFrom(type);
        } catch (ClassNotFoundException e) {
            throw new AssertionError(name + " lies in the folder, and is no class", e);
        }
    }
}
