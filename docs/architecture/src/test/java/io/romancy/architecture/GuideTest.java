package io.romancy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of the guide show is code of the examples and their tests, which run. */
class GuideTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Path GUIDE = ROOT.resolve("docs/guide");
    private static final Path EXAMPLES = ROOT.resolve("docs/examples/src");
    private static final Pattern SNIPPET = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");
    private static final Pattern ENTRY = Pattern.compile("(?m)^\\* \\[(.+)]\\(#(.+)\\)$");

    private final List<String> examples;

    GuideTest() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            examples = files.filter(file -> file.toString().endsWith(".java"))
                    .map(GuideTest::read)
                    .map(GuideTest::text)
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"testkit.md, 11", "transactions.md, 3"})
    void everySnippetStandsInAnExampleLineForLine(String name, int atLeast) throws IOException {
        String page = Files.readString(GUIDE.resolve(name));
        List<String> snippets = new ArrayList<>();
        SNIPPET.matcher(page).results().forEach(match -> snippets.add(text(match.group(1))));

        assertThat(snippets)
                .hasSizeGreaterThanOrEqualTo(atLeast)
                .allSatisfy(snippet -> assertThat(examples)
                        .as("an example with the code%n%s", snippet)
                        .anyMatch(example -> example.contains(snippet)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"testkit.md", "transactions.md"})
    void theContentsNameEverySection(String name) throws IOException {
        String page = Files.readString(GUIDE.resolve(name));
        List<String> headings =
                HEADING.matcher(page).results().map(match -> match.group(1)).toList();

        assertThat(ENTRY.matcher(page).results().map(match -> match.group(1)))
                .isEqualTo(headings)
                .hasSizeGreaterThan(5);
        assertThat(ENTRY.matcher(page).results().map(match -> match.group(2)))
                .isEqualTo(headings.stream().map(GuideTest::anchor).toList());
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replace(' ', '-');
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
