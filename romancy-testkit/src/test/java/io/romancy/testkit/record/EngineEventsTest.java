package io.romancy.testkit.record;

import static io.romancy.testkit.record.EventConditions.claimed;
import static io.romancy.testkit.record.EventConditions.ended;
import static io.romancy.testkit.record.EventConditions.released;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.observe.EngineEvent;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Route;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

class EngineEventsTest {
    private final EngineEvents events = new EngineEvents();

    @Test
    void whatWasHeardBeforeTheWaitCounts() {
        events.on(new EngineEvent.RunClaimed("a", 1, false));

        events.await(claimed("a"), Duration.ZERO);
    }

    @Test
    void whatIsHeardDuringTheWaitEndsIt() throws Exception {
        var waiting = CompletableFuture.runAsync(() -> events.await(claimed("a").times(2)));
        events.on(new EngineEvent.RunClaimed("a", 1, false));
        events.on(new EngineEvent.RunClaimed("b", 1, false));
        assertThat(waiting).isNotDone();

        events.on(new EngineEvent.RunClaimed("a", 2, true));

        waiting.get(60, TimeUnit.SECONDS);
    }

    @Test
    void aFailureSaysWhatWasAwaitedAndWhatWasHeardInstead() {
        events.on(new EngineEvent.RunClaimed("a", 7, false));
        events.on(new EngineEvent.WorkflowEnded("a", new Route("w", 1), InstanceStatus.FAILED, null));

        assertThatThrownBy(() -> events.await(ended("a", InstanceStatus.COMPLETED), Duration.ofMillis(1)))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("the end of 'a' as COMPLETED")
                .hasMessageContaining("heard 0")
                .hasMessageContaining("fence=7")
                .hasMessageContaining("status=FAILED");
    }

    @Test
    void fewerThanAwaitedIsAFailureThatSaysHowMany() {
        events.on(new EngineEvent.RunReleased("a"));

        assertThatThrownBy(() -> events.await(released("a").times(2), Duration.ZERO))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("2 x the release of 'a', heard 1");
    }

    @Test
    void whatIsForgottenCountsOnlyForWhomItWasCountedBefore() throws Exception {
        events.on(new EngineEvent.RunClaimed("a", 1, false));
        events.on(new EngineEvent.RunReleased("a"));
        var waiting =
                CompletableFuture.runAsync(() -> events.await(released("a").times(2)));

        events.forget();

        assertThat(events.all(EngineEvent.class)).isEmpty();
        assertThatThrownBy(() -> events.await(claimed("a"), Duration.ZERO)).isInstanceOf(AssertionFailedError.class);
        events.on(new EngineEvent.RunReleased("a"));
        events.on(new EngineEvent.RunReleased("a"));
        waiting.get(60, TimeUnit.SECONDS);
    }

    @Test
    void whatIsAboutOneInstanceComesInItsOrder() {
        var first = new EngineEvent.RunClaimed("a", 1, false);
        var last = new EngineEvent.RunReleased("a");
        events.on(first);
        events.on(new EngineEvent.RunReleased("b"));
        events.on(new EngineEvent.MessagesDispatched(1, 0));
        events.on(last);

        assertThat(events.about("a")).containsExactly(first, last);
        assertThat(events.count(claimed("b"))).isZero();
    }
}
