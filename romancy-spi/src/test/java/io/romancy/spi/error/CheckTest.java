package io.romancy.spi.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class CheckTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", " a ", "it's \"quoted\" \\ %_", "\u4e2d\u6587", "\ud83d\ude80", "line\nfeed"})
    void aNameThatEveryDatabaseKeepsIsReturned(String name) {
        assertThat(Check.name("Id", name)).isSameAs(name);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t\n"})
    void aNameThatIsNoneIsRefused(String name) {
        assertRefused(() -> Check.name("Instance id", name), "Instance id", "empty");
    }

    @Test
    void aNameIsMeasuredInBytes() {
        assertThat(Check.name("Id", "x".repeat(255))).hasSize(255);
        assertThat(Check.name("Id", "\ud83d\ude80".repeat(63) + "xyz")).hasSize(129);
        assertRefused(() -> Check.name("Id", "x".repeat(256)), "Id", "longer than 255 bytes");
        assertRefused(() -> Check.name("Id", "\ud83d\ude80".repeat(64)), "Id", "longer than 255 bytes");
        assertRefused(() -> Check.name("Id", "\u00e4".repeat(128)), "Id", "longer than 255 bytes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "a\u0000b"})
    void nulIsRefused(String text) {
        assertRefused(() -> Check.name("Id", text), "Id", "NUL at index " + text.indexOf('\0'));
        assertRefused(() -> Check.text("Reason", text), "Reason", "NUL at index " + text.indexOf('\0'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab\ud83d", "ab\ud83dc", "ab\ude80", "ab\ude80\ud83d", "ab\ud83d\ud83d\ude80"})
    void halfOfAPairIsRefused(String text) {
        assertRefused(() -> Check.text("Reason", text), "Reason", "half of a surrogate pair at index 2");
    }

    @Test
    void aTextMayBeEmptyAndOfAnyLength() {
        assertThat(Check.text("Reason", "")).isEmpty();
        assertThat(Check.text("Reason", "x".repeat(100_000))).hasSize(100_000);
    }

    @Test
    void aRefusalShowsTheValueShortAndPrintable() {
        assertThatThrownBy(() -> Check.text("Reason", "a\nb\u0000" + "x".repeat(1000)))
                .hasMessageStartingWith("ROM-2001: Reason 'a?b?xxx")
                .hasMessageContaining("..'")
                .message()
                .hasSizeLessThan(200)
                .doesNotContain("\n", "\u0000");
    }

    @Test
    void whatIsTakenIsWhatSurvivesEncoding() {
        var random = new Random(99);
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            var text = new StringBuilder();
            for (int n = random.nextInt(5); n >= 0; n--) {
                text.append((char) (random.nextBoolean() ? 0xd700 + random.nextInt(0xa00) : random.nextInt(0x80)));
            }
            String value = text.toString();
            String decoded = new String(value.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
            boolean storable = decoded.equals(value) && value.indexOf('\0') < 0;
            if (storable) {
                assertThat(Check.text("Text", value)).isEqualTo(value);
            } else {
                refused++;
                assertThatThrownBy(() -> Check.text("Text", value)).isInstanceOf(RomancyException.class);
            }
        }
        assertThat(refused).isBetween(1_000, 19_000);
    }

    private static void assertRefused(Runnable check, String what, String reason) {
        assertThatThrownBy(check::run)
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_ARGUMENT))
                .hasMessageContainingAll(what, reason);
    }
}
