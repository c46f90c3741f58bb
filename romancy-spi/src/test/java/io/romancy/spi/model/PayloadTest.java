package io.romancy.spi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {

    @Test
    void isOneReadableColumn() {
        var payload = new Payload("json", "{\"a\":1}".getBytes(StandardCharsets.UTF_8));

        assertThat(new String(payload.toBytes(), StandardCharsets.UTF_8)).isEqualTo("json\n{\"a\":1}");
    }

    @Test
    void comesBackFromItsColumnWhateverItsBytes() {
        var random = new Random(4711);
        for (int i = 0; i < 500; i++) {
            byte[] data = new byte[random.nextInt(300)];
            random.nextBytes(data);
            var payload = new Payload(i % 2 == 0 ? "json" : "\u4e2d\u6587", data);

            assertThat(Payload.ofBytes(payload.toBytes())).isEqualTo(payload).hasSameHashCodeAs(payload);
        }
    }

    @Test
    void keepsLineFeedsOfItsData() {
        var payload = new Payload("text", "\n\na\n".getBytes(StandardCharsets.UTF_8));

        assertThat(Payload.ofBytes(payload.toBytes())).isEqualTo(payload);
    }

    @Test
    void isEqualByContent() {
        var payload = new Payload("json", new byte[] {1, 2});

        assertThat(payload).isEqualTo(new Payload("json", new byte[] {1, 2}));
        assertThat(payload).isNotEqualTo(new Payload("json", new byte[] {1, 3}));
        assertThat(payload).isNotEqualTo(new Payload("text", new byte[] {1, 2}));
    }

    @Test
    void showsNoData() {
        assertThat(new Payload("json", "secret".getBytes(StandardCharsets.UTF_8)))
                .hasToString("json[6 bytes]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two\nlines"})
    void refusesACodecThatWouldNotComeBack(String codec) {
        assertThatIllegalArgumentException().isThrownBy(() -> new Payload(codec, new byte[0]));
    }

    @Test
    void refusesBytesWithoutACodec() {
        assertThatIllegalArgumentException().isThrownBy(() -> Payload.ofBytes(new byte[] {'x', 'y'}));
        assertThatIllegalArgumentException().isThrownBy(() -> Payload.ofBytes(new byte[0]));
        assertThatIllegalArgumentException().isThrownBy(() -> Payload.ofBytes(new byte[] {'\n', 'y'}));
    }
}
