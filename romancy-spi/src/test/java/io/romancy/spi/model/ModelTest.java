package io.romancy.spi.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.ClaimRequest;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelTest {
    private static final ChannelName MAILBOX = new ChannelName(ChannelName.Kind.MAILBOX, "payments");
    private static final ChannelName TOPIC = new ChannelName(ChannelName.Kind.TOPIC, "prices");
    private static final Payload PAYLOAD = new Payload("text", new byte[0]);

    @Test
    void theCodesOfStatusesNeverChange() {
        assertThat(InstanceStatus.values())
                .containsExactly(
                        InstanceStatus.READY,
                        InstanceStatus.RUNNING,
                        InstanceStatus.WAITING,
                        InstanceStatus.STUCK,
                        InstanceStatus.COMPLETED,
                        InstanceStatus.FAILED,
                        InstanceStatus.CANCELLED);
        assertThat(InstanceStatus.values()).extracting(InstanceStatus::code).containsExactly(0, 1, 2, 3, 4, 5, 6);
    }

    @ParameterizedTest
    @EnumSource
    void aStatusComesBackFromItsCode(InstanceStatus status) {
        assertThat(InstanceStatus.ofCode(status.code())).isEqualTo(status);
    }

    @Test
    void theEndIsFinalAndNothingElse() {
        assertThat(InstanceStatus.values())
                .filteredOn(InstanceStatus::isFinal)
                .containsExactly(InstanceStatus.COMPLETED, InstanceStatus.FAILED, InstanceStatus.CANCELLED);
    }

    @ParameterizedTest
    @EnumSource
    void aModeComesBackFromItsCode(TopicMode mode) {
        assertThat(TopicMode.ofCode(mode.code())).isEqualTo(mode);
    }

    @Test
    void anIdStaysWhatItWasFirstStartedAs() {
        var first = new NewInstance("a", new Route("order", 1), PAYLOAD, "hash", null);
        var newerVersion = new NewInstance("a", new Route("order", 2), PAYLOAD, "hash", null);
        var otherInput = new NewInstance("a", new Route("order", 1), PAYLOAD, "other", null);
        var otherWorkflow = new NewInstance("a", new Route("bill", 1), PAYLOAD, "hash", null);

        assertThat(newerVersion.isSameStart(first)).isTrue();
        assertThat(otherInput.isSameStart(first)).isFalse();
        assertThat(otherWorkflow.isSameStart(first)).isFalse();
        assertThat(FirstStart.of(first).refusal(otherInput))
                .returns(ErrorCode.START_CONFLICT, RomancyException::code)
                .hasMessageContaining("'a' exists already, of workflow 'order' with another input");
        assertThat(FirstStart.of(first).refusal(otherWorkflow))
                .hasMessageContaining("of workflow 'order', and the start asks for 'bill'");
    }

    @Test
    void aMailboxHasATargetAndATopicAMode() {
        assertThat(message(MAILBOX, null, "target").target()).isEqualTo("target");
        assertThat(message(TOPIC, TopicMode.BROADCAST, null).mode()).isEqualTo(TopicMode.BROADCAST);
        assertThatIllegalArgumentException().isThrownBy(() -> message(MAILBOX, null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> message(MAILBOX, TopicMode.BROADCAST, null));
        assertThatIllegalArgumentException().isThrownBy(() -> message(MAILBOX, TopicMode.BROADCAST, "target"));
        assertThatIllegalArgumentException().isThrownBy(() -> message(TOPIC, null, null));
        assertThatIllegalArgumentException().isThrownBy(() -> message(TOPIC, null, "target"));
        assertThatIllegalArgumentException().isThrownBy(() -> message(TOPIC, TopicMode.COMPETING, "target"));
    }

    @Test
    void aMessageKeepsItsOwnHeaders() {
        Map<String, String> headers = new HashMap<>(Map.of("a", "1"));
        var message = new NewMessage("uid", MAILBOX, null, "target", null, headers, PAYLOAD);
        headers.put("b", "2");

        assertThat(message.headers()).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void identifiersAreCheckedWhereTheyAreMade() {
        assertThatThrownBy(() -> new NewMessage("", MAILBOX, null, "target", null, Map.of(), PAYLOAD))
                .isInstanceOf(RomancyException.class);
        assertThatThrownBy(() -> new NewInstance("nul \u0000", new Route("order", 1), PAYLOAD, "hash", null))
                .isInstanceOf(RomancyException.class);
    }

    @Test
    void aClaimThatLookedAgainIsTheSameClaim() {
        assertThat(new Claim(7, "id", 3, 1).seen(5)).isEqualTo(new Claim(7, "id", 3, 5));
    }

    @Test
    void aRecordOfANegativeKindIsOpen() {
        assertThat(new StepRecord(0, -1, "charge:1", null, Instant.EPOCH).isOpen())
                .isTrue();
        assertThat(new StepRecord(0, 0, "charge:1", null, Instant.EPOCH).isOpen())
                .isFalse();
        assertThat(new StepRecord(0, 1, "charge:1", null, Instant.EPOCH).isOpen())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {Integer.MIN_VALUE, 0, 1001})
    void aPageHasAtMostAThousandRows(int limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InstanceQuery(null, Set.of(), null, Long.MAX_VALUE, limit))
                .withMessageContaining(String.valueOf(limit));
    }

    @Test
    void aClaimIsForAtLeastOneRun() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new ClaimRequest(new NodeId(new UUID(0, 1)), List.of(), 0));
    }

    private static NewMessage message(ChannelName channel, @Nullable TopicMode mode, @Nullable String target) {
        return new NewMessage("uid", channel, mode, target, null, Map.of(), PAYLOAD);
    }
}
