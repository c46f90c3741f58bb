package io.romancy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the README shows is code that runs, and what it tells to type is run by the build server. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final Pattern FENCE = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)^```$");
    private static final Pattern VERSION = Pattern.compile("<version>(.+?)</version>");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#]+)\\)");

    private final String readme;

    ReadmeTest() throws IOException {
        readme = Files.readString(ROOT.resolve("README.md"));
    }

    @Test
    void itsCodeStandsInTheExampleThatATestRuns() throws IOException {
        List<String> shown = blocks("java")
                .flatMap(String::lines)
                .filter(line -> !line.isBlank())
                .toList();
        List<String> hello =
                Files.readAllLines(ROOT.resolve("docs/examples/src/main/java/io/romancy/examples/hello/Hello.java"));

        assertThat(shown).hasSizeBetween(15, 30);
        assertThat(hello).containsSubsequence(shown);
    }

    @Test
    void itsCommandsAreRunByTheBuildServer() throws IOException {
        List<String> commands = blocks("").flatMap(String::lines).toList();

        assertThat(commands).hasSize(3);
        assertThat(Files.readString(ROOT.resolve(".ci/run"))).contains(commands);
    }

    /** Before a release and after it, what it tells to copy can be resolved. */
    @Test
    void itsCoordinatesNameTheVersionThatIsBuilt() throws IOException {
        var built = VERSION.matcher(Files.readString(ROOT.resolve("pom.xml"))).results();
        String version = built.findFirst().orElseThrow().group(1);

        assertThat(VERSION.matcher(readme).results().map(named -> named.group(1)))
                .hasSize(2)
                .containsOnly(version);
        assertThat(Files.readString(ROOT.resolve("docs/guide/getting-started.md")))
                .contains("for now `" + version + "`");
    }

    @Test
    void itsLinksLeadSomewhere() {
        List<String> links =
                LINK.matcher(readme).results().map(link -> link.group(1)).toList();

        assertThat(links)
                .hasSizeGreaterThan(3)
                .allSatisfy(link -> assertThat(ROOT.resolve(link)).exists());
    }

    @Test
    void itIsShort() {
        assertThat(readme.lines()).hasSizeLessThan(200);
    }

    private Stream<String> blocks(String language) {
        return FENCE.matcher(readme)
                .results()
                .filter(block -> block.group(1).equals(language))
                .map(block -> block.group(2));
    }
}
