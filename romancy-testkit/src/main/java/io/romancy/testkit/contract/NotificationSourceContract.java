package io.romancy.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.romancy.spi.error.RomancyException;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationSource;
import io.romancy.spi.notification.SourceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the engine relies on in a {@link NotificationSource}: extend it and say how to open one. Losing a notification is allowed, and so is
 * no test of this contract that sends while a connection is cut; on a connection that holds, what is sent arrives.
 */
@Timeout(180)
public abstract class NotificationSourceContract {
    /** With characters that a quoting mistake would spoil. */
    private static final String ONE = "romancy_One.more-\"channel\"";

    private static final String TWO = "romancy_two";
    private static final Notification LAST = new Notification(TWO, "the last one");

    private final List<NotificationSource> sources = new ArrayList<>();
    private final SourceLog log = new SourceLog();
    private SourceUnderTest underTest;

    /** A database for one test. */
    protected abstract SourceUnderTest openSources() throws Exception;

    @BeforeEach
    void openDatabase() throws Exception {
        underTest = openSources();
    }

    @AfterEach
    void closeDatabase() throws Exception {
        log.unblock();
        sources.forEach(NotificationSource::close);
        underTest.close();
    }

    private NotificationSource source() throws Exception {
        NotificationSource source = underTest.open();
        sources.add(source);
        return source;
    }

    /** One that is LIVE on both channels. */
    private NotificationSource live(SourceLog sink) throws Exception {
        NotificationSource source = source();
        source.start(Set.of(ONE, TWO), sink);
        sink.awaitLive();
        return source;
    }

    @Test
    void isNotLiveBeforeItsStart() throws Exception {
        assertThat(source().state()).isNotIn(SourceState.LIVE, SourceState.CLOSED);
    }

    @Test
    void reportsAGapBeforeItIsLive() throws Exception {
        NotificationSource source = live(log);

        List<Object> heard = log.heard();
        assertThat(heard).contains(SourceLog.GAP);
        assertThat(heard.indexOf(SourceLog.GAP)).isLessThan(heard.indexOf(SourceState.LIVE));
        assertThat(source.state()).isEqualTo(SourceState.LIVE);
        assertThat(source.description()).isNotBlank();
    }

    @Test
    void movesTextUnchanged() throws Exception {
        NotificationSource source = live(log);
        List<String> texts = List.of(
                "{\"instance_id\":\"wf_1\"}",
                Notification.SWEEP,
                "it's a 'quote', a \"double\" one, a \\ and a \n line; DROP TABLE x; --",
                "\u00fcml\u00e4ut \u65e5\u672c \ud83d\ude00",
                "x".repeat(7_000));

        source.send(texts.stream().map(text -> new Notification(ONE, text)).toList());
        source.send(List.of(LAST));

        log.await(LAST);
        assertThat(log.payloads(ONE)).isEqualTo(texts);
    }

    @Test
    void keepsTheOrderOfASender() throws Exception {
        NotificationSource source = live(log);
        List<String> numbers = IntStream.range(0, 300).mapToObj(String::valueOf).toList();

        for (int from = 0; from < numbers.size(); from += 60) {
            source.send(numbers.subList(from, from + 60).stream()
                    .map(number -> new Notification(ONE, number))
                    .toList());
        }
        source.send(List.of(LAST));

        log.await(LAST);
        assertThat(log.payloads(ONE)).isEqualTo(numbers);
    }

    @Test
    void bringsNothingOfChannelsThatNobodyAskedFor() throws Exception {
        NotificationSource source = live(log);

        source.send(List.of(
                new Notification("romancy_other", "1"),
                new Notification(ONE.toLowerCase(java.util.Locale.ROOT), "2"),
                new Notification(ONE, "3"),
                LAST));

        log.await(LAST);
        assertThat(log.received()).containsExactly(new Notification(ONE, "3"), LAST);
    }

    @Test
    void reachesEverySourceThatListensTheSenderToo() throws Exception {
        var other = new SourceLog();
        NotificationSource sender = live(log);
        live(other);

        sender.send(List.of(LAST));

        log.await(LAST);
        other.await(LAST);
    }

    @Test
    void sendsWithoutListening() throws Exception {
        live(log);

        source().send(List.of(LAST));

        log.await(LAST);
    }

    @Test
    void sendsNothingAtOnce() throws Exception {
        NotificationSource source = live(log);

        source.send(List.of());
        source.send(List.of(LAST));

        log.await(LAST);
        assertThat(log.received()).containsExactly(LAST);
    }

    @Test
    void isUsedByManyThreads() throws Exception {
        NotificationSource source = live(log);
        int each = 40;
        List<Future<?>> senders = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int sender = 0; sender < 4; sender++) {
                String name = "s" + sender + ":";
                senders.add(threads.submit(() -> IntStream.range(0, each)
                        .forEach(number -> source.send(List.of(new Notification(ONE, name + number))))));
            }
        }
        for (Future<?> sender : senders) {
            sender.get();
        }
        source.send(List.of(LAST));

        log.await(LAST);
        for (int sender = 0; sender < 4; sender++) {
            String name = "s" + sender + ":";
            assertThat(log.payloads(ONE).stream().filter(text -> text.startsWith(name)))
                    .containsExactlyElementsOf(IntStream.range(0, each)
                            .mapToObj(number -> name + number)
                            .toList());
        }
    }

    @Test
    void aSinkThatBlocksHoldsUpNoSender() throws Exception {
        NotificationSource source = live(log);
        log.block();

        for (int i = 0; i < 100; i++) {
            source.send(List.of(new Notification(ONE, "" + i)));
        }
        assertThat(log.received()).isEmpty();
        assertThat(source.state()).isEqualTo(SourceState.LIVE);
        log.unblock();
        source.send(List.of(LAST));

        log.await(LAST);
        assertThat(log.payloads(ONE)).hasSize(100);
    }

    @Test
    void callsNobodyAfterItWasClosed() throws Exception {
        NotificationSource source = live(log);
        var other = new SourceLog();
        NotificationSource sender = live(other);

        source.close();
        source.close();
        List<Object> before = log.heard();
        sender.send(List.of(LAST));
        other.await(LAST);

        assertThat(log.heard()).isEqualTo(before);
        assertThat(source.state()).isEqualTo(SourceState.CLOSED);
    }

    @Test
    void saysThatNothingWasSent() throws Exception {
        NotificationSource closed = live(log);
        closed.close();

        assertThatThrownBy(() -> closed.send(List.of(LAST))).isInstanceOf(RomancyException.class);
    }

    @Test
    void isClosedWithoutHavingBeenStarted() throws Exception {
        NotificationSource source = source();

        source.close();

        assertThat(source.state()).isEqualTo(SourceState.CLOSED);
    }

    @Test
    void closesWhileOthersSend() throws Exception {
        NotificationSource source = live(log);
        var other = new SourceLog();
        NotificationSource sender = live(other);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> flood = threads.submit(() ->
                    IntStream.range(0, 200).forEach(i -> sender.send(List.of(new Notification(ONE, "" + i)))));
            other.await(new Notification(ONE, "20"));
            source.close();
            int heard = log.heard().size();
            await(flood);
            assertThat(log.heard()).hasSize(heard);
        }
    }

    @Test
    void comesBackWithItsSubscriptionsAndAGapWhenItsConnectionIsCut() throws Exception {
        NotificationSource source = live(log);
        long gaps = log.count(SourceLog.GAP);
        assumeTrue(underTest.cut(), "there is no connection that could be cut");

        log.await(
                "a second time LIVE",
                all -> all.stream().filter(SourceState.LIVE::equals).count() > 1);

        List<Object> heard = log.heard();
        int lost = heard.indexOf(SourceState.DOWN);
        assertThat(lost).isPositive();
        assertThat(heard.subList(lost, heard.lastIndexOf(SourceState.LIVE))).contains(SourceLog.GAP);
        assertThat(log.count(SourceLog.GAP)).isGreaterThan(gaps);
        source.send(List.of(new Notification(ONE, "again"), LAST));
        log.await(LAST);
        assertThat(log.payloads(ONE)).contains("again");
    }

    private static void await(Future<?> work) throws InterruptedException, ExecutionException {
        work.get();
    }
}
