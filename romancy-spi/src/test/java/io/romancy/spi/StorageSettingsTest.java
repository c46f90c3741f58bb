package io.romancy.spi;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StorageSettingsTest {

    @ParameterizedTest
    @CsvSource({
        "jdbc:postgresql://db:5432/app, jdbc:postgresql://db:5432/app",
        "jdbc:postgresql://user:secret@db/app, jdbc:postgresql://..@db/app",
        "postgres://user:secret@db/app, postgres://..@db/app",
        "jdbc:postgresql://db/app?user=me&password=secret, jdbc:postgresql://db/app?..",
        "jdbc:postgresql://user:secret@db/app?password=secret, jdbc:postgresql://..@db/app?..",
        "jdbc:sqlite:file.db, jdbc:sqlite:file.db",
        "romancy:memory:x?notify=true, romancy:memory:x?.."
    })
    void aMaskedUrlSaysWhereAndNotWho(String url, String masked) {
        assertThat(StorageSettings.mask(url)).isEqualTo(masked);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:postgresql://user:s3cret@db/app",
                "jdbc:postgresql://user:with@s3cret@db/app",
                "jdbc:postgresql://user:with/s3cret@db/app",
                "jdbc:postgresql://user:s3cret/with@slash@db/app",
                "jdbc:postgresql://db/app?password=s3cret",
                "jdbc:postgresql://db/app?user=me@corp&password=s3cret@",
                "jdbc:postgresql://one,two:5433/app?password=a?s3cret"
            })
    void noPartOfAPasswordIsShown(String url) {
        var settings = StorageSettings.of(url);

        assertThat(settings.maskedUrl()).doesNotContain("s3cret").contains("/app");
        assertThat(settings.toString()).doesNotContain("s3cret");
    }

    @Test
    void printingShowsNeitherUserNorPasswordNorProperties() {
        var settings = new StorageSettings(
                "jdbc:postgresql://db/app",
                "someuser",
                "s3cret",
                "postgres",
                true,
                ListenNotify.AUTO,
                "jdbc:postgresql://user:s3cret@direct/app",
                Duration.ofSeconds(60),
                10,
                Map.of("sslpassword", "s3cret"));

        assertThat(settings.toString()).isEqualTo("StorageSettings[jdbc:postgresql://db/app]");
    }

    @Test
    void theDefaultsAreThoseOfTheGuide() {
        var settings = StorageSettings.of("jdbc:sqlite:romancy.db");

        assertThat(settings.autoMigrate()).isTrue();
        assertThat(settings.listenNotify()).isEqualTo(ListenNotify.AUTO);
        assertThat(settings.notifyReconnectDelay()).isEqualTo(Duration.ofSeconds(60));
        assertThat(settings.properties()).isEmpty();
    }

    @Test
    void propertiesAreTheSettingsOwn() {
        Map<String, String> properties = new HashMap<>(Map.of("a", "1"));
        var settings = new StorageSettings(
                "url", null, null, null, true, ListenNotify.AUTO, null, Duration.ofSeconds(1), 1, properties);
        properties.put("b", "2");

        assertThat(settings.properties()).isEqualTo(Map.of("a", "1"));
    }
}
