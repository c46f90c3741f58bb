package io.romancy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The configuration reference says what the records say. */
class ConfigurationGuideTest {
    private static final Path PAGE = Path.of("..", "guide", "configuration.md");
    private static final Path GENERATED = Path.of("target", "configuration.md");
    private static final String BEGIN = "<!-- From here on generated from the records that are configured. -->\n";

    @Test
    void theReferenceIsGeneratedFromTheRecords() throws IOException {
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN);
        assertThat(begin).as("where the generated part begins").isPositive();
        String generated = page.substring(0, begin) + BEGIN + "\n" + ConfigurationReference.tables();
        Files.createDirectories(GENERATED.getParent());
        Files.writeString(GENERATED, generated);

        assertThat(page)
                .as("docs/guide/configuration.md; what it should be is in docs/architecture/%s: copy it", GENERATED)
                .isEqualTo(generated);
    }

    @Test
    void theReferenceHasEveryGroup() {
        assertThat(ConfigurationReference.tables())
                .contains(
                        "## `romancy`\n",
                        "## `romancy.worker`\n",
                        "## `romancy.default-retry`\n",
                        "## `romancy.outbox`\n",
                        "## `romancy.outbox.http`\n",
                        "## `romancy.health`\n",
                        "## `romancy.metrics`\n",
                        "## `romancy.tracing`\n",
                        "| `romancy.notify-fallback-interval` | time | 30 s | The longest time")
                .contains("| `romancy.storage-properties.<name>` | text | none |");
    }
}
