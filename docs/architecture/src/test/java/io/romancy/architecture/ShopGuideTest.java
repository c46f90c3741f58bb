package io.romancy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the pages for a Micronaut application show, code and configuration alike, stands in the web shop, which a test runs. */
class ShopGuideTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Path GUIDE = ROOT.resolve("docs/guide");
    private static final Path SHOP = ROOT.resolve("docs/examples/shop");
    private static final Pattern SNIPPET = Pattern.compile("(?ms)^```(?:java|xml|properties)\\n(.*?)^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");
    private static final Pattern ENTRY = Pattern.compile("(?m)^\\* \\[.+]\\(#(.+)\\)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)\\)");

    private final List<String> shop;

    ShopGuideTest() throws IOException {
        try (Stream<Path> sources = Files.walk(SHOP.resolve("src"))) {
            shop = Stream.concat(sources.filter(Files::isRegularFile), Stream.of(SHOP.resolve("pom.xml")))
                    .map(ShopGuideTest::read)
                    .map(ShopGuideTest::text)
                    .toList();
        }
    }

    @ParameterizedTest
    @CsvSource({"getting-started.md, 10", "outbox.md, 4"})
    void everySnippetStandsInTheShopLineForLine(String page, int atLeast) {
        List<String> snippets = SNIPPET.matcher(read(GUIDE.resolve(page)))
                .results()
                .map(match -> text(match.group(1)))
                .toList();

        assertThat(snippets)
                .hasSizeGreaterThanOrEqualTo(atLeast)
                .allSatisfy(snippet -> assertThat(shop)
                        .as("a file of the shop with%n%s", snippet)
                        .anyMatch(file -> file.contains(snippet)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"getting-started.md", "outbox.md"})
    void theContentsNameEverySectionAndLinksLeadSomewhere(String page) {
        String text = read(GUIDE.resolve(page));

        assertThat(ENTRY.matcher(text).results().map(match -> match.group(1)))
                .hasSizeGreaterThan(5)
                .isEqualTo(HEADING.matcher(text)
                        .results()
                        .map(match -> match.group(1)
                                .toLowerCase(Locale.ROOT)
                                .replace(",", "")
                                .replace(' ', '-'))
                        .toList());
        assertThat(LINK.matcher(text).results().map(match -> match.group(1)))
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
