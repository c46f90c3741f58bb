package io.romancy.spi.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlatJsonTest {

    @Test
    void writesTextsAndWholeNumbersInTheOrderOfTheMap() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("b", "text");
        fields.put("a", 42);
        fields.put("c", Long.MIN_VALUE);

        assertThat(FlatJson.write(fields)).isEqualTo("{\"b\":\"text\",\"a\":42,\"c\":-9223372036854775808}");
        assertThat(FlatJson.write(Map.of())).isEqualTo("{}");
    }

    @Test
    void escapesWhatCannotStandInAText() {
        assertThat(FlatJson.write(Map.of("q\"", "\\ \" / \n \r \t \b \f \u0000 \u001f \u007f")))
                .isEqualTo("{\"q\\\"\":\"\\\\ \\\" / \\n \\r \\t \\u0008 \\u000c \\u0000 \\u001f \\u007f\"}");
    }

    @Test
    void readsWhatOthersWrite() {
        var fields =
                FlatJson.read(" {\t\"text\" : \"\\u00e4\\/\\b\\f\\uD83D\\uDE80\" ,\r\n\"number\":-7, \"none\":null } ");

        assertThat(fields.text("text")).isEqualTo("\u00e4/\b\f\ud83d\ude80");
        assertThat(fields.number("number")).isEqualTo(-7);
        assertThat(fields.textOrNull("none")).isNull();
        assertThat(fields.textOrNull("missing")).isNull();
        assertThat(fields.texts()).containsOnlyKeys("text");
    }

    @Test
    void passesOverFieldsThatNobodyAsksForWhateverTheyHold() {
        var fields = FlatJson.read(
                "{\"deep\":{\"a\":[1,{\"b\":[]},\"x\",null]},\"t\":true,\"f\":false,\"d\":1.5e-3,\"id\":\"1\"}");

        assertThat(fields.text("id")).isEqualTo("1");
        assertThat(fields.texts()).isEqualTo(Map.of("id", "1"));
    }

    @Test
    void theLastOfTwoFieldsOfOneNameCounts() {
        assertThat(FlatJson.read("{\"a\":\"1\",\"a\":\"2\"}").text("a")).isEqualTo("2");
        assertThat(FlatJson.read("{\"a\":\"1\",\"a\":null}").textOrNull("a")).isNull();
    }

    @Test
    void saysWhichFieldIsNotWhatWasAskedFor() {
        var fields = FlatJson.read("{\"text\":\"x\",\"number\":1,\"half\":0.5,\"yes\":true}");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> fields.text("gone"))
                .withMessageContaining("gone");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fields.text("number"))
                .withMessageContaining("number");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fields.textOrNull("yes"))
                .withMessageContaining("yes");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fields.number("text"))
                .withMessageContaining("text");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fields.number("half"))
                .withMessageContaining("half");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> fields.number("gone"))
                .withMessageContaining("gone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"text\"",
                "42",
                "{",
                "}",
                "{}}",
                "{} x",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":1 \"b\":2}",
                "{\"a\":tru}",
                "{\"a\":nul}",
                "{\"a\":\"",
                "{\"a\":\"\\\"}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\u12g4\"}",
                "{\"a\":\"\\u+123\"}",
                "{\"a\":\"\\u-001\"}",
                "{\"a\":\"line\nfeed\"}",
                "{\"a\":[1,]}",
                "{\"a\":[1",
                "{\"a\":--1}",
                "{\"a\":1e}",
                "{\"a\":e}",
                "{\"a\":.}",
                "{\"a\":+}",
                "\ufeff{}"
            })
    void refusesWhatIsNotOneObjectAndSaysWhere(String malformed) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FlatJson.read(malformed))
                .withMessageMatching("expected .* at \\d+ of " + malformed.length() + " characters");
    }

    @Test
    void refusesWhatIsNestedWithoutEndInsteadOfOverflowing() {
        String deep = "{\"a\":" + "[".repeat(100_000);

        assertThatIllegalArgumentException().isThrownBy(() -> FlatJson.read(deep));
        assertThatIllegalArgumentException().isThrownBy(() -> FlatJson.read("{\"a\":".repeat(100_000)));
    }

    @Test
    void whatIsWrittenIsReadBackWhateverTheTextsAre() {
        var random = new Random(20_250_115);
        for (int i = 0; i < 5_000; i++) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (int field = random.nextInt(6); field > 0; field--) {
                fields.put(text(random), random.nextBoolean() ? text(random) : (Object) random.nextLong());
            }

            var read = FlatJson.read(FlatJson.write(fields));

            fields.forEach((name, value) -> {
                if (value instanceof Long number) {
                    assertThat(read.number(name)).isEqualTo(number);
                } else {
                    assertThat(read.text(name)).isEqualTo(value);
                }
            });
        }
    }

    @Test
    void malformedInputIsRefusedInOneWayOnly() {
        var random = new Random(7_777);
        int refused = 0;
        int read = 0;
        for (int i = 0; i < 20_000; i++) {
            String input = random.nextInt(4) == 0 ? noise(random) : damaged(random);
            try {
                assertThat(FlatJson.read(input).texts()).isNotNull();
                read++;
            } catch (IllegalArgumentException expected) {
                refused++;
            } catch (RuntimeException | StackOverflowError e) {
                throw new AssertionError("input: " + input, e);
            }
        }
        assertThat(refused).as("the generator damages most").isGreaterThan(5_000);
        assertThat(read).as("and leaves some whole").isGreaterThan(100);
    }

    @Test
    void aPayloadIsNoPlaceForNothing() {
        Map<String, String> withNull = new LinkedHashMap<>();
        withNull.put("a", null);

        assertThatThrownBy(() -> FlatJson.write(withNull)).isInstanceOf(NullPointerException.class);
    }

    /** Characters from all over, half surrogates among them. */
    private static String text(Random random) {
        var text = new StringBuilder();
        for (int i = random.nextInt(12); i > 0; i--) {
            switch (random.nextInt(4)) {
                case 0 -> text.append((char) random.nextInt(0x80));
                case 1 -> text.append((char) random.nextInt(0x10000));
                case 2 -> text.appendCodePoint(0x10000 + random.nextInt(0x100000));
                default -> text.append("\"\\/{}[]:, \b".charAt(random.nextInt(11)));
            }
        }
        return text.toString();
    }

    private static String noise(Random random) {
        var text = new StringBuilder("{");
        String alphabet = "{}[]\",:\\u0123456789abcdeftrunls.+-eE \n\u0000\ud83d";
        for (int i = random.nextInt(40); i > 0; i--) {
            text.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return text.toString();
    }

    private static String damaged(Random random) {
        var text = new StringBuilder(
                "{\"instance_id\":\"wf_\\u00e4\",\"n\":[1,2.5e3,{\"x\":null}],\"message_id\":42,\"ok\":true}");
        for (int i = random.nextInt(4); i > 0 && !text.isEmpty(); i--) {
            int at = random.nextInt(text.length());
            switch (random.nextInt(4)) {
                case 0 -> text.deleteCharAt(at);
                case 1 -> text.insert(at, text.charAt(random.nextInt(text.length())));
                case 2 -> text.setCharAt(at, (char) random.nextInt(0x100));
                default -> text.setLength(at);
            }
        }
        return text.toString();
    }
}
