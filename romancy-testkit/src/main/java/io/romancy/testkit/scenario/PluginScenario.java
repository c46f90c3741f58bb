package io.romancy.testkit.scenario;

import static io.romancy.testkit.record.EventConditions.source;
import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.WorkflowType;
import io.romancy.api.observe.EngineEvent;
import io.romancy.api.observe.EngineMetrics;
import io.romancy.spi.notification.EngineChannels;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.notification.SourceState;
import io.romancy.spi.notification.Wake;
import io.romancy.spi.poll.PollContext;
import io.romancy.spi.poll.PollReason;
import io.romancy.spi.poll.PollResult;
import io.romancy.spi.poll.Poller;
import io.romancy.testkit.record.EventCondition;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What plugins do badly, and that nobody else pays for it: not the engine's workflows, and not other plugins of the same channel. */
public abstract class PluginScenario extends Scenario {
    private static final int WORKFLOWS = 10;

    private final WorkflowType<String, String> type = texts();
    private final NotificationChannel<String> channel =
            NotificationChannel.text(unique("plugin").replace('-', '_'));
    private final Tally tally = new Tally();
    private final Gate gate = new Gate();

    /** Handles by what it is given; remembers nothing itself. */
    private record Handler(NotificationChannel<String> channel, Handling handling, Runnable onMissed)
            implements NotificationHandler<String> {
        @Override
        public void handle(String payload, Wake wake) throws Exception {
            handling.handle(payload, wake);
        }

        @Override
        public void missed(Wake wake) {
            onMissed.run();
        }
    }

    @FunctionalInterface
    private interface Handling {
        void handle(String payload, Wake wake) throws Exception;
    }

    private record Look(String name, Duration interval, Looking looking) implements Poller {
        @Override
        public PollResult poll(PollContext context) throws Exception {
            return looking.look();
        }
    }

    @FunctionalInterface
    private interface Looking {
        PollResult look() throws Exception;
    }

    private Handler handler(String name, Handling handling) {
        return new Handler(channel, handling, () -> tally.mark(name + " missed"));
    }

    private ScenarioWorker open(UnaryOperator<RomancyBuilder> plugins) {
        var worker = worker(options -> plugins.apply(options.workflow(type, (ctx, input) -> ctx.receive(GO))));
        if (hasNotifications()) {
            worker.events().await(source(SourceState.LIVE));
        }
        return worker;
    }

    private void workflowsGoOn(ScenarioWorker worker) {
        for (int i = 0; i < WORKFLOWS; i++) {
            var handle = worker.romancy().start(type, "x");
            handle.send(GO, "there");
            assertThat(result(handle)).isEqualTo("there");
        }
    }

    private void awaitMark(String mark) {
        await(mark, () -> tally.of(mark) > 0);
    }

    private static EngineMetrics.Channel heard(Romancy romancy, String channel) {
        return romancy.metrics().channels().stream()
                .filter(counts -> counts.name().equals(channel))
                .findFirst()
                .orElseThrow(() -> new AssertionError("nobody listens on " + channel));
    }

    @Test
    void aHintReachesTheHandlersOfItsChannelInThisProcess() {
        var worker = open(options -> options.handler(handler("one", (payload, wake) -> tally.mark("one " + payload)))
                .handler(handler("two", (payload, wake) -> tally.mark("two " + payload))));

        worker.romancy().wake(channel, "news");

        awaitMark("one news");
        awaitMark("two news");
    }

    @Test
    void aHintWakesThePollerOfItsChannelInThisProcess() {
        var poller = new Poller() {
            @Override
            public String name() {
                return "patient";
            }

            @Override
            public Duration interval() {
                return NEVER;
            }

            @Override
            public PollResult poll(PollContext context) {
                tally.mark(context.reason().name());
                return PollResult.nothing();
            }

            @Override
            public Set<NotificationChannel<?>> wokenBy() {
                return Set.of(channel);
            }
        };
        var worker = open(options -> options.poller(poller));
        awaitMark("START");

        // one that comes while a poll is due for another reason is answered by that poll
        await("woken", () -> {
            worker.romancy().wake(channel, "news");
            return tally.of(PollReason.WAKE.name()) > 0;
        });
    }

    @Test
    void aHandlerThatThrowsIsToldThatItMissedSomethingAndHarmsNobody() {
        var worker = open(options -> options.handler(handler("broken", (payload, wake) -> {
                    if (payload.equals("error")) {
                        throw new AssertionError("broken");
                    }
                    throw new IllegalStateException("broken");
                }))
                .handler(handler("healthy", (payload, wake) -> tally.mark("healthy " + payload))));

        worker.romancy().wake(channel, "error");
        awaitMark("healthy error");
        worker.romancy().wake(channel, "exception");
        awaitMark("healthy exception");

        await("it is told twice", () -> tally.of("broken missed") >= 2);
        workflowsGoOn(worker);
        await("both are counted", () -> heard(worker.romancy(), channel.name()).failures() == 2);
        assertThat(worker.events().all(EngineEvent.HandlerFailed.class))
                .extracting(EngineEvent.HandlerFailed::channel)
                .containsExactly(channel.name(), channel.name());
    }

    @Test
    void aHandlerThatBlocksDelaysNobodyIsReportedAndDoesNotKeepTheEngineOpen() {
        var worker = open(options -> options.handler(handler("stuck", (payload, wake) -> gate.pass()))
                .handler(handler("healthy", (payload, wake) -> tally.mark("healthy " + payload))));

        worker.romancy().wake(channel, "first");
        awaitMark("healthy first");
        worker.romancy().wake(channel, "second");
        awaitMark("healthy second");
        workflowsGoOn(worker);

        worker.events()
                .await(EventCondition.of(
                        "a slow handler",
                        EngineEvent.HandlerSlow.class,
                        slow -> slow.channel().equals(channel.name())));
        long begin = System.nanoTime();
        worker.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));
        gate.open();
    }

    @Test
    void aHandlerThatGivesAHintForEachThatItGetsIsSlowedDown() {
        var self = new AtomicReference<Romancy>();
        var calls = new AtomicInteger();
        var worker = open(options -> options.handler(handler("echo", (payload, wake) -> {
            var romancy = self.get();
            if (romancy != null) {
                romancy.wake(channel, "again " + calls.incrementAndGet());
            }
        })));
        self.set(worker.romancy());
        long begin = System.nanoTime();

        worker.romancy().wake(channel, "begin");
        await("it goes round", () -> calls.get() > 20);
        workflowsGoOn(worker);

        long windows = (System.nanoTime() - begin) / 1_000_000;
        assertThat(calls.get()).as("rounds in %d ms", windows).isLessThan((int) (windows + 100));
        self.set(null);
    }

    @Test
    void aHandlerThatFloodsIsHeardAsOneThatSaysTooMuch() {
        var self = new AtomicReference<Romancy>();
        var worker = open(options -> options.handler(handler("flood", (payload, wake) -> {
            var romancy = self.get();
            for (int i = 0; romancy != null && i < 20_000 && payload.equals("begin"); i++) {
                romancy.wake(channel, "drop " + i);
            }
        })));
        self.set(worker.romancy());

        worker.romancy().wake(channel, "begin");

        awaitMark("flood missed");
        workflowsGoOn(worker);
        assertThat(heard(worker.romancy(), channel.name()).received()).isLessThan(20_000);
    }

    @Test
    void aHandlerOfAChannelOnWhichNobodySpeaksAndHintsThatNobodyHearsAreHarmless() {
        NotificationChannel<String> silent =
                NotificationChannel.text(unique("silent").replace('-', '_'));
        NotificationChannel<String> deaf =
                NotificationChannel.text(unique("deaf").replace('-', '_'));
        var worker = open(options -> options.handler(new Handler(silent, (payload, wake) -> {}, () -> {}))
                .handler(handler("lost", (payload, wake) -> {
                    wake.poller("nobody");
                    wake.pollerIn("nobody either", Duration.ZERO);
                    tally.mark("asked for nobody");
                })));

        worker.romancy().wake(deaf, "x");
        worker.romancy().wake(channel, "x");

        awaitMark("asked for nobody");
        workflowsGoOn(worker);
        assertThat(heard(worker.romancy(), silent.name()).received()).isZero();
    }

    @Test
    void aHandlerMayListenToTheEnginesOwnChannels() {
        List<NotificationHandler<?>> curious = EngineChannels.ALL.stream()
                .<NotificationHandler<?>>map(this::curiousAbout)
                .toList();
        var worker = open(options -> {
            RomancyBuilder more = options;
            for (var handler : curious) {
                more = more.handler(handler);
            }
            return more;
        });

        workflowsGoOn(worker);

        assertThat(worker.romancy().metrics().channels())
                .extracting(EngineMetrics.Channel::name)
                .containsAll(EngineChannels.ALL.stream()
                        .map(NotificationChannel::name)
                        .toList());
    }

    private <P> NotificationHandler<P> curiousAbout(NotificationChannel<P> engine) {
        return new NotificationHandler<>() {
            @Override
            public NotificationChannel<P> channel() {
                return engine;
            }

            @Override
            public void handle(P payload, Wake wake) {
                tally.mark(engine.name());
            }
        };
    }

    @Test
    void aPollerThatFailsBacksOffRecoversAndHarmsNobody() {
        var isBroken = new AtomicBoolean(true);
        var worker = open(options -> options.poller(new Look("moody", Duration.ofMillis(20), () -> {
            if (isBroken.get()) {
                throw new AssertionError("in a mood");
            }
            return PollResult.found(1);
        })));

        worker.events()
                .await(EventCondition.of(
                                "a failed poll",
                                EngineEvent.PollFailed.class,
                                poll -> poll.poller().equals("moody"))
                        .times(3));
        workflowsGoOn(worker);
        isBroken.set(false);

        worker.events()
                .await(EventCondition.of(
                        "a poll that works",
                        EngineEvent.PollFinished.class,
                        poll -> poll.poller().equals("moody") && poll.found() == 1));
        var backOffs = worker.events().all(EngineEvent.PollFailed.class).stream()
                .filter(poll -> poll.poller().equals("moody"))
                .map(EngineEvent.PollFailed::backOff)
                .toList();
        assertThat(backOffs.get(2)).isGreaterThan(backOffs.get(0));
    }

    @Test
    void aPollerThatBlocksDelaysNoOtherAndDoesNotKeepTheEngineOpen() {
        var worker = open(options -> options.poller(new Look("stuck", Duration.ofMillis(20), () -> {
                    tally.mark("looks");
                    gate.pass();
                    return PollResult.nothing();
                }))
                .poller(new Look("quick", Duration.ofMillis(20), () -> {
                    tally.mark("quick");
                    return PollResult.nothing();
                })));
        awaitMark("looks");
        int before = tally.of("quick");

        await("the other one goes on", () -> tally.of("quick") > before + 2);
        workflowsGoOn(worker);

        long begin = System.nanoTime();
        worker.close();
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(40));
        gate.open();
    }
}
