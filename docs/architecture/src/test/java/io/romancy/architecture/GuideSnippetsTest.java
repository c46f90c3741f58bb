package io.romancy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of the guide show is code that the build compiles and runs, and their links lead somewhere. */
class GuideSnippetsTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Path GUIDE = ROOT.resolve("docs/guide");
    private static final Pattern SNIPPET = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    private final List<String> code;

    GuideSnippetsTest() throws IOException {
        try (Stream<Path> examples = Files.walk(ROOT.resolve("docs/examples/src"));
                Stream<Path> storages = Files.walk(ROOT.resolve("romancy-sqlite/src/test"))) {
            code = Stream.concat(examples, storages)
                    .filter(file -> file.toString().endsWith(".java"))
                    .map(GuideSnippetsTest::read)
                    .map(GuideSnippetsTest::text)
                    .toList();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = "custom-handlers.md")
    void everySnippetStandsInCodeLineForLine(String page) {
        List<String> snippets = SNIPPET.matcher(read(GUIDE.resolve(page)))
                .results()
                .map(match -> text(match.group(1)))
                .toList();

        assertThat(snippets)
                .hasSizeGreaterThan(4)
                .allSatisfy(snippet ->
                        assertThat(code).as("code with%n%s", snippet).anyMatch(file -> file.contains(snippet)));
    }

    @ParameterizedTest
    @ValueSource(strings = "custom-handlers.md")
    void everyLinkLeadsSomewhere(String page) {
        List<String> links = LINK.matcher(read(GUIDE.resolve(page)))
                .results()
                .map(match -> match.group(1))
                .toList();

        assertThat(links)
                .isNotEmpty()
                .allSatisfy(link -> assertThat(GUIDE.resolve(link)).exists());
    }

    /** Without blank lines and indentation, which a page may have otherwise. */
    private static String text(String code) {
        return code.lines().map(String::strip).filter(line -> !line.isEmpty()).collect(Collectors.joining("\n"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
