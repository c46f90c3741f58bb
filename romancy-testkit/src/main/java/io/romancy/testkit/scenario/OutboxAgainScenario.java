package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.postponed;
import static io.romancy.testkit.record.EventConditions.setAside;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.RomancyBuilder;
import io.romancy.api.outbox.Outbox;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.outbox.EventRejectedException;
import io.romancy.spi.outbox.SetAsideEvent;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What was set aside is found by whoever looks for it, and sent again when its cause is mended. */
public abstract class OutboxAgainScenario extends Scenario {
    private final Desk desk = new Desk(unique("type"));
    private final AtomicBoolean mended = new AtomicBoolean();

    private ScenarioWorker relayer(UnaryOperator<RomancyBuilder> options) {
        return worker(builder -> options.apply(builder.publisher(desk)
                .outboxRetryDelay(Duration.ofMillis(1))
                .outboxMaxRetryDelay(Duration.ofMillis(20))));
    }

    private List<SetAsideEvent> found(Outbox outbox) {
        return outbox.setAside()
                .filter(event -> event.type().equals(desk.type()))
                .toList();
    }

    private void awaitArrived(int events) {
        await(events + " events, not " + desk.texts(), () -> desk.texts().size() >= events);
    }

    @Test
    void whatWasRefusedIsSentAgainAsItWas() throws Exception {
        desk.trouble(event -> {
            if (Desk.text(event).startsWith("bad") && !mended.get()) {
                throw new EventRejectedException("404 no such path");
            }
        });
        var worker = relayer(options -> options);
        desk.add(worker.romancy(), "k", "bad", "bad too", "good");
        awaitArrived(1);
        worker.events().await(setAside(desk.type()).times(2));
        Outbox outbox = worker.romancy().outbox();
        assertThat(found(outbox))
                .allSatisfy(event -> assertThat(event.reason()).contains("404 no such path"))
                .hasSize(2);
        List<String> ids = found(outbox).stream().map(SetAsideEvent::id).toList();

        mended.set(true);
        assertThat(found(outbox)).allMatch(outbox::sendAgain);

        awaitArrived(3);
        assertThat(desk.texts()).startsWith("good").containsExactlyInAnyOrder("good", "bad", "bad too");
        assertThat(desk.arrived()).filteredOn(event -> ids.contains(event.id())).hasSize(2);
        assertThat(found(outbox)).isEmpty();
    }

    @Test
    void whatBecameTooOldHasItsTimeOnceMore() throws Exception {
        desk.trouble(event -> {
            if (!mended.get()) {
                throw new IOException("connection refused");
            }
        });
        var worker = relayer(options -> options.outboxMaxAge(Duration.ofHours(1)));
        desk.add(worker.romancy(), "k", "old");
        worker.events().await(postponed(desk.type()));
        skip(Duration.ofMinutes(61));
        worker.events().await(setAside(desk.type()));
        SetAsideEvent event = found(worker.romancy().outbox()).getFirst();
        assertThat(event.isExpired()).isTrue();
        int failures = worker.events().count(postponed(desk.type()));

        assertThat(worker.romancy().outbox().sendAgain(event)).isTrue();

        worker.events().await(postponed(desk.type()).times(failures + 3));
        mended.set(true);
        awaitArrived(1);
        assertThat(worker.romancy().outbox().sendAgain(event))
                .as("which was sent")
                .isFalse();
    }

    @Test
    void aClientThatPublishesNothingCanSendAgain() throws Exception {
        desk.trouble(event -> {
            if (!mended.get()) {
                throw new EventRejectedException("404 no such path");
            }
        });
        var worker = relayer(options -> options);
        desk.add(worker.romancy(), null, "bad");
        worker.events().await(setAside(desk.type()));
        mended.set(true);
        Outbox elsewhere = client().romancy().outbox();

        assertThat(found(elsewhere)).hasSize(1).allMatch(elsewhere::sendAgain);

        awaitArrived(1);
    }

    @Test
    void insideATransactionItIsRefused() {
        var worker = relayer(options -> options);
        Outbox outbox = worker.romancy().outbox();
        var event = new SetAsideEvent(1, "evt_1", desk.type(), null, Instant.EPOCH, Instant.EPOCH, 1, false, "no");

        assertThatThrownBy(() -> worker.romancy().inTransaction(transaction -> outbox.sendAgain(event)))
                .isInstanceOfSatisfying(
                        RomancyException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.WRONG_PLACE))
                .hasMessageContaining("rollback");
    }
}
