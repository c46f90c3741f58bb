package io.romancy.spi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.ChannelName.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChannelNameTest {

    @Test
    void carriesItsKindInItsStoredForm() {
        assertThat(new ChannelName(Kind.MAILBOX, "payments").text()).isEqualTo("m:payments");
        assertThat(new ChannelName(Kind.TOPIC, "payments").text()).isEqualTo("t:payments");
    }

    @ParameterizedTest
    @EnumSource
    void comesBackFromItsStoredFormWhateverItsName(Kind kind) {
        for (String name : new String[] {"payments", "m:payments", "t:", ":", "a b", "\ud83d\ude80"}) {
            var channel = new ChannelName(kind, name);

            assertThat(ChannelName.parse(channel.text())).isEqualTo(channel);
        }
    }

    @Test
    void fitsWithItsKindIntoTheColumn() {
        assertThat(new ChannelName(Kind.TOPIC, "x".repeat(253)).text()).hasSize(255);
        assertThatThrownBy(() -> new ChannelName(Kind.TOPIC, "x".repeat(254))).isInstanceOf(RomancyException.class);
        assertThatThrownBy(() -> new ChannelName(Kind.TOPIC, "")).isInstanceOf(RomancyException.class);
    }
}
