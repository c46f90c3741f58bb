package io.romancy.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.channel.Mailbox;
import io.romancy.api.channel.Topic;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.TopicMode;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ValuesTest {

    @Test
    void aMailboxAndATopicOfOneNameAreDifferentChannels() {
        assertThat(Mailbox.of("a", String.class).channelName().text()).isEqualTo("m:a");
        assertThat(Topic.competing("a", String.class).channelName().text()).isEqualTo("t:a");
        assertThat(Topic.competing("a", String.class).mode()).isEqualTo(TopicMode.COMPETING);
    }

    @Test
    void namesThatNoStorageKeepsAreRefusedWhereTheyAreWritten() {
        var tooLong = "x".repeat(256);
        assertThatThrownBy(() -> Mailbox.of("", String.class)).isInstanceOf(RomancyException.class);
        assertThatThrownBy(() -> Topic.broadcast(tooLong, String.class)).isInstanceOf(RomancyException.class);
        assertThatThrownBy(() -> StartOptions.id(tooLong)).isInstanceOf(RomancyException.class);
        assertThatThrownBy(() -> MessageOptions.key(" ")).isInstanceOf(RomancyException.class);
        assertThatThrownBy(() -> MessageOptions.none().header("h", "a\0b")).isInstanceOf(RomancyException.class);
        assertThatThrownBy(() -> Step.of(tooLong, String.class)).isInstanceOf(RomancyException.class);
        assertThatThrownBy(() -> WorkflowType.of("", String.class, String.class))
                .isInstanceOf(RomancyException.class);
    }

    @Test
    void aStepWithoutTimeIsRefused() {
        assertThatThrownBy(() -> Step.of("a", String.class).timeout(Duration.ZERO))
                .isInstanceOf(RomancyException.class)
                .hasMessageContainingAll("'a'", "PT0S");
    }

    @Test
    void aLaterHeaderReplacesAnEarlierOneOfItsName() {
        assertThat(MessageOptions.key("k").header("h", "1").header("h", "2").headers())
                .containsOnly(java.util.Map.entry("h", "2"));
    }

    @Test
    void aQueryKeepsEachConditionThatIsAdded() {
        var query = WorkflowQuery.all()
                .workflow("orders")
                .status(InstanceStatus.FAILED, InstanceStatus.STUCK)
                .endedAfter(Instant.EPOCH);

        assertThat(query.workflow()).isEqualTo("orders");
        assertThat(query.statuses()).containsExactlyInAnyOrder(InstanceStatus.FAILED, InstanceStatus.STUCK);
        assertThat(query.endedAfter()).isEqualTo(Instant.EPOCH);
    }
}
