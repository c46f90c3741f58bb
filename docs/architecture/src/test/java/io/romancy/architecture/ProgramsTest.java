package io.romancy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * The programs under {@code docs} start with all that the modules of Romancy need. In Maven the nearest declaration
 * decides the scope: a library declared for a program's tests is missing when the program runs, although a module
 * needs it, and no test of the program can notice, for tests have it.
 */
class ProgramsTest {
    private static final Path ROOT = Path.of("..", "..");

    @ParameterizedTest
    @ValueSource(strings = {"docs/examples", "docs/examples/shop", "docs/benchmarks"})
    void keepWhatAModuleNeedsAtRunTime(String program) {
        Set<String> needed = Stream.of("romancy-api", "romancy-spi", "romancy-postgres", "romancy-sqlite")
                .flatMap(module -> dependencies(module, Set.of("compile", "runtime")))
                .collect(Collectors.toSet());

        assertThat(needed).contains("org.jooq:jooq", "com.zaxxer:HikariCP");
        assertThat(dependencies(program, Set.of("test", "provided")))
                .isNotEmpty()
                .doesNotContainAnyElementsOf(needed);
    }

    /** What the module's own POM declares in one of the scopes, as {@code group:artifact}. */
    private static Stream<String> dependencies(String module, Set<String> scopes) {
        Path pom = ROOT.resolve(module).resolve("pom.xml");
        try {
            NodeList declared = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(pom.toFile())
                    .getElementsByTagName("dependency");
            return Stream.iterate(0, i -> i < declared.getLength(), i -> i + 1)
                    .map(i -> (Element) declared.item(i))
                    .filter(dependency -> scopes.contains(text(dependency, "scope", "compile")))
                    .map(dependency -> text(dependency, "groupId", "") + ":" + text(dependency, "artifactId", ""));
        } catch (Exception e) {
            throw new AssertionError("cannot read " + pom, e);
        }
    }

    private static String text(Element dependency, String name, String otherwise) {
        NodeList found = dependency.getElementsByTagName(name);
        return found.getLength() == 0
                ? otherwise
                : found.item(0).getTextContent().strip();
    }
}
