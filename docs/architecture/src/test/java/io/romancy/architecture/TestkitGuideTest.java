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
import org.junit.jupiter.api.Test;

/** What the guide's page on the testkit shows is code of examples, each of which is a test that runs. */
class TestkitGuideTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Path EXAMPLES = ROOT.resolve("docs/examples/src/test/java/io/romancy/examples");
    private static final Pattern SNIPPET = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");
    private static final Pattern ENTRY = Pattern.compile("(?m)^\\* \\[(.+)]\\(#(.+)\\)$");

    private final String page;
    private final List<String> examples;

    TestkitGuideTest() throws IOException {
        page = Files.readString(ROOT.resolve("docs/guide/testkit.md"));
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            examples = files.filter(file -> file.toString().endsWith(".java"))
                    .map(TestkitGuideTest::read)
                    .map(TestkitGuideTest::text)
                    .toList();
        }
    }

    @Test
    void everySnippetStandsInAnExampleLineForLine() {
        List<String> snippets = new ArrayList<>();
        SNIPPET.matcher(page).results().forEach(match -> snippets.add(text(match.group(1))));

        assertThat(snippets)
                .hasSizeGreaterThan(10)
                .allSatisfy(snippet -> assertThat(examples)
                        .as("an example with the code%n%s", snippet)
                        .anyMatch(example -> example.contains(snippet)));
    }

    @Test
    void theContentsNameEverySection() {
        List<String> headings =
                HEADING.matcher(page).results().map(match -> match.group(1)).toList();

        assertThat(ENTRY.matcher(page).results().map(match -> match.group(1)))
                .isEqualTo(headings)
                .hasSizeGreaterThan(5);
        assertThat(ENTRY.matcher(page).results().map(match -> match.group(2)))
                .isEqualTo(headings.stream().map(TestkitGuideTest::anchor).toList());
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
