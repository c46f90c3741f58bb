package io.romancy.engine.notification;

import io.romancy.engine.poll.PollLoops;
import io.romancy.spi.notification.Notification;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Where the hints of one channel go. First the pollers that it wakes, then the engine's own handlers, on the caller's thread; then the
 * queues of the others, by their order.
 *
 * @param channel the name without prefix
 * @param pollers names of the pollers that any hint of this channel wakes
 */
record Route(
        String channel,
        List<String> pollers,
        List<HandlerCall<?>> inline,
        List<HandlerLoop> queued,
        LongAdder received) {
    Route(String channel, List<String> pollers, List<HandlerCall<?>> inline, List<HandlerLoop> queued) {
        this(channel, List.copyOf(pollers), List.copyOf(inline), List.copyOf(queued), new LongAdder());
    }

    void hint(Notification notification, PollLoops loops) {
        received.increment();
        pollers.forEach(loops::poller);
        for (var call : inline) {
            // One at a time, as handlers are promised to be called; the source may have several threads.
            synchronized (call) {
                call.deliver(notification.payload());
            }
        }
        if (notification.isSweep()) {
            queued.forEach(HandlerLoop::miss);
        } else {
            queued.forEach(loop -> loop.hint(notification.payload()));
        }
    }

    void miss() {
        for (var call : inline) {
            synchronized (call) {
                call.missed();
            }
        }
        queued.forEach(HandlerLoop::miss);
    }

    ChannelStats stats() {
        var calls = Stream.concat(inline.stream(), queued.stream().map(HandlerLoop::call))
                .toList();
        return new ChannelStats(
                channel,
                received.sum(),
                calls.stream().mapToLong(HandlerCall::undecodable).sum(),
                calls.stream().mapToLong(HandlerCall::missedCalls).sum(),
                calls.stream().mapToLong(HandlerCall::failures).sum(),
                queued.stream().mapToLong(HandlerLoop::slowCalls).sum(),
                queued.stream().mapToLong(HandlerLoop::overflows).sum(),
                queued.stream().mapToInt(HandlerLoop::waiting).sum());
    }
}
