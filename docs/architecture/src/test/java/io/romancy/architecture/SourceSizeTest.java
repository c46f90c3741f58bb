package io.romancy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SourceSizeTest {

    private static final int MOST_LINES = 400;

    /** Raise it with the code: it fails if the walk looked in the wrong place. */
    private static final int AT_LEAST_FILES = 1_000;

    @Test
    void noSourceFileIsLongerThanOnePersonReadsAtOnce() {
        assertThat(sources())
                .hasSizeGreaterThanOrEqualTo(AT_LEAST_FILES)
                .allSatisfy(
                        file -> assertThat(lines(file)).as("lines in %s", file).isLessThanOrEqualTo(MOST_LINES));
    }

    private static List<Path> sources() {
        var root = repository();
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .map(root::relativize)
                    .filter(SourceSizeTest::isWrittenByHand)
                    .map(root::resolve)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isWrittenByHand(Path file) {
        for (var name : file) {
            // src/generated holds jOOQ's tables, target what annotation processors wrote.
            if (name.toString().equals("generated") || name.toString().equals("target")) {
                return false;
            }
        }
        return true;
    }

    private static Path repository() {
        var here = Path.of("").toAbsolutePath();
        return Stream.iterate(here, Objects::nonNull, Path::getParent)
                .filter(folder -> Files.isRegularFile(folder.resolve("mvnw")))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No folder with mvnw above " + here));
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
