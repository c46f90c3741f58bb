package io.romancy.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "postgres://ada:pw@db/app                   | jdbc:postgresql://db/app              | ada  | pw",
                "postgresql://ada:pw@db:6432/app?ssl=true   | jdbc:postgresql://db:6432/app?ssl=true | ada | pw",
                "POSTGRES://ada@db/app                      | jdbc:postgresql://db/app              | ada  | -",
                "postgres://db                              | jdbc:postgresql://db/                 | -    | -",
                "postgres://db?a=b                          | jdbc:postgresql://db/?a=b             | -    | -",
                "postgres:///app                            | jdbc:postgresql:///app                | -    | -",
                "postgres://a:1,b:2/app                     | jdbc:postgresql://a:1,b:2/app         | -    | -",
                "postgres://u:p@[::1]:5432/app              | jdbc:postgresql://[::1]:5432/app      | u    | p",
                "postgres://a%40b:p%3A%2F%3F%25%23w@db/app  | jdbc:postgresql://db/app              | a@b  | p:/?%#w",
                "postgres://u:p+w@db/app                    | jdbc:postgresql://db/app              | u    | p+w",
                "postgres://u:p@ss@db/app                   | jdbc:postgresql://db/app              | u    | p@ss",
                "postgres://u:p#w@db/app                    | jdbc:postgresql://db/app              | u    | p#w",
                "postgres://u:a:b@db/app                    | jdbc:postgresql://db/app              | u    | a:b",
                "postgres://u:@db/app                       | jdbc:postgresql://db/app              | u    | ''",
                "jdbc:postgresql://u:p@db/app               | jdbc:postgresql://db/app              | u    | p",
                "jdbc:postgresql://db:1/a?password=p@ss     | jdbc:postgresql://db:1/a?password=p@ss | -   | -",
                "jdbc:postgresql:app                        | jdbc:postgresql:app                   | -    | -",
                "file:x.db                                  | jdbc:sqlite:x.db                      | -    | -",
                "file:///var/my%20data/x.db?cache=shared    | jdbc:sqlite:/var/my data/x.db?cache=shared | - | -",
                "file://localhost/var/x.db                  | jdbc:sqlite:/var/x.db                 | -    | -",
                "jdbc:sqlite:x.db                           | jdbc:sqlite:x.db                      | -    | -",
                "romancy:memory:test                        | romancy:memory:test                   | -    | -"
            })
    void readsTheFormsThatPeopleHaveAtHand(String url, String jdbc, @Nullable String user, @Nullable String password) {
        assertThat(DatabaseUrl.parse("database", url)).isEqualTo(new DatabaseUrl(jdbc, user, password));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x.db",
                "",
                "/var/x.db",
                "file:",
                "file://host/x.db",
                "postgres://u:%zz@db/app",
                "postgres://u:secret@db:port/app",
                "postgres://u:secret@db:65536/app",
                "postgres://u:secret/x@db/app",
                "postgres://u:secret@db name/app"
            })
    void refusesWhatIsNoUrlAndNamesTheOption(String url) {
        assertThatThrownBy(() -> DatabaseUrl.parse("notifyUrl", url))
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessageContaining("notifyUrl")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "postgres://ada:secret@db/app",
                "postgres://ada:sec@secret@db/app",
                "postgres://ada:secret/x@db/app",
                "postgres://ada:secret?x@db/app",
                "postgres://ada:%zzsecret@db/app",
                "jdbc:postgresql://db/app?user=ada&password=secret",
                "jdbc:postgresql://db/app?password=x@secret"
            })
    void neverShowsAPassword(String url) {
        assertThat(DatabaseUrl.mask(url)).doesNotContain("secret", "ada").startsWith(url.substring(0, 8));
        assertThat(shown(url)).doesNotContain("secret");
    }

    @Test
    void keepsWhatIsNoSecretInTheMask() {
        assertThat(DatabaseUrl.mask("postgres://ada:secret@db:5432/app")).isEqualTo("postgres://..@db:5432/app");
        assertThat(DatabaseUrl.mask("jdbc:sqlite:x.db")).isEqualTo("jdbc:sqlite:x.db");
    }

    @Test
    void putsCredentialsIntoOneTextThatADriverReads() {
        assertThat(DatabaseUrl.parse("notifyUrl", "postgres://a%40b:p%26w@db/app?x=y")
                        .withCredentials())
                .isEqualTo("jdbc:postgresql://db/app?x=y&user=a%40b&password=p%26w");
        assertThat(DatabaseUrl.parse("notifyUrl", "postgres://a@db/app").withCredentials())
                .isEqualTo("jdbc:postgresql://db/app?user=a");
    }

    private static String shown(String url) {
        try {
            return DatabaseUrl.parse("database", url).toString();
        } catch (RomancyException e) {
            return e + " " + e.getCause();
        }
    }
}
