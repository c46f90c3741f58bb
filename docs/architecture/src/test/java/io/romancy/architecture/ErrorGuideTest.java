package io.romancy.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.spi.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A code in a log line leads to its line in the guide. */
class ErrorGuideTest {
    private static final Pattern LINE = Pattern.compile("(?m)^\\| (ROM-\\d+) \\| ([A-Z_]+) \\| .{20,} \\|$");

    @Test
    void theGuideExplainsEveryCodeAndNoOther() throws IOException {
        String guide = Files.readString(Path.of("..", "guide", "errors.md"));

        assertThat(LINE.matcher(guide).results().map(line -> line.group(1) + " " + line.group(2)))
                .containsExactlyElementsOf(Arrays.stream(ErrorCode.values())
                        .map(code -> code.id() + " " + code.name())
                        .toList());
    }
}
