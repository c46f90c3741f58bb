package io.romancy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the guide shows stands in code that the build runs, its contents name every section, and its links lead somewhere. */
class GuideTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Path GUIDE = ROOT.resolve("docs/guide");
    private static final List<String> CODE = List.of("docs/examples", "romancy-sqlite/src/test");
    private static final Pattern SNIPPET = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern SETTINGS = Pattern.compile("(?ms)^```(?:xml|properties)\\n(.*?)^```$");
    private static final Pattern HEADING = Pattern.compile("(?m)^## (.+)$");
    private static final Pattern ENTRY = Pattern.compile("(?m)^\\* \\[.+]\\(#(.+)\\)$");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(?:#[^)]*)?\\)");

    static List<Path> pages() {
        try (Stream<Path> files = Files.list(GUIDE)) {
            return Stream.concat(
                            files.filter(file -> file.toString().endsWith(".md"))
                                    .sorted(),
                            Stream.of(
                                    ROOT.resolve("docs/architecture/README.md"),
                                    ROOT.resolve("docs/benchmarks/README.md")))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void thereIsAGuide() {
        assertThat(pages()).hasSizeGreaterThan(11);
        assertThat(GUIDE.resolve("README.md")).content().contains(names(pages().stream()));
    }

    /** A page of the guide that the index does not name is found by nobody. */
    private static List<String> names(Stream<Path> pages) {
        return pages.filter(page -> GUIDE.equals(page.getParent()))
                .map(page -> page.getFileName().toString())
                .filter(name -> !name.equals("README.md"))
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "testkit.md, 25",
        "transactions.md, 3",
        "custom-handlers.md, 5",
        "getting-started.md, 8",
        "outbox.md, 3",
        "workflows.md, 18"
    })
    void itsCodeStandsLineForLineInCodeThatRuns(String page, int atLeast) {
        List<String> code = sources(CODE, ".java");

        assertThat(snippets(SNIPPET, page))
                .hasSizeGreaterThanOrEqualTo(atLeast)
                .allSatisfy(snippet ->
                        assertThat(code).as("a file with%n%s", snippet).anyMatch(file -> file.contains(snippet)));
    }

    @ParameterizedTest
    @CsvSource({"getting-started.md, 3"})
    void itsSettingsStandLineForLineInTheShop(String page, int atLeast) {
        List<String> shop = sources(List.of("docs/examples/shop/src", "docs/examples/shop/pom.xml"), "");

        assertThat(snippets(SETTINGS, page))
                .hasSizeGreaterThanOrEqualTo(atLeast)
                .allSatisfy(snippet -> assertThat(shop)
                        .as("a file of the shop with%n%s", snippet)
                        .anyMatch(file -> file.contains(snippet)));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void theContentsNameEverySection(Path page) {
        String text = read(page);
        List<String> entries = found(ENTRY, text).toList();

        if (!entries.isEmpty()) {
            assertThat(entries)
                    .isEqualTo(found(HEADING, text).map(GuideTest::anchor).toList());
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) {
        assertThat(found(LINK, read(page)))
                .allSatisfy(link -> assertThat(page.resolveSibling(link)).exists());
    }

    private static List<String> snippets(Pattern kind, String page) {
        return found(kind, read(GUIDE.resolve(page))).map(GuideTest::text).toList();
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult match) -> match.group(1));
    }

    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^\\w -]", "").replace(' ', '-');
    }

    /** The texts of all files of this ending below these places. */
    private static List<String> sources(List<String> places, String ending) {
        return places.stream()
                .flatMap(place -> files(ROOT.resolve(place)))
                .filter(file -> file.toString().endsWith(ending))
                .map(file -> text(read(file)))
                .toList();
    }

    private static Stream<Path> files(Path place) {
        try (Stream<Path> files = Files.walk(place)) {
            return files
                    .filter(file ->
                            Files.isRegularFile(file) && !file.toString().contains("/target/"))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
