package io.romancy.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HelloTest {
    @Test
    void greetsSleepsAndReceivesTheAnswer(@TempDir Path dir) {
        assertThat(Hello.run("jdbc:sqlite:" + dir.resolve("hello.db"))).isEqualTo("Hello Ada, nice to meet you");
    }
}
