package io.romancy.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Romancy;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.poll.Poller;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A plugin that cannot be loaded is left out, and the log of the start says which one, of which jar, and what to do. */
class BrokenPluginTest {
    @Test
    void isNamedWithItsJar(@TempDir Path jar) throws Exception {
        Path services = Files.createDirectories(jar.resolve("META-INF/services"));
        Files.writeString(services.resolve(Poller.class.getName()), "com.acme.Gone\n");
        try (var log = new LogLines("io.romancy.engine.Opening");
                var loader = new URLClassLoader(
                        new URL[] {jar.toUri().toURL()}, getClass().getClassLoader());
                var romancy = Romancy.builder()
                        .database("romancy:memory:broken-plugin")
                        .classLoader(loader)
                        .open()) {
            assertThat(romancy.status().running()).isZero();
            assertThat(log.containing(ErrorCode.PLUGIN_BROKEN.id()))
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains("com.acme.Gone", jar.getFileName().toString(), "Repair it or remove its jar");
        }
    }
}
