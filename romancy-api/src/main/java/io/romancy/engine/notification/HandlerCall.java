package io.romancy.engine.notification;

import io.romancy.api.observe.EngineEvent;
import io.romancy.engine.loop.Seldom;
import io.romancy.engine.seam.Environment;
import io.romancy.spi.notification.Notification;
import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.notification.Wake;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Calls one handler: reads the payload, isolates what is thrown, Errors too, and lets a {@code missed} follow wherever a payload did not
 * get through. Called by one thread at a time, except that {@link #close} may come from any.
 */
final class HandlerCall<P> {
    private static final Logger log = LoggerFactory.getLogger(HandlerCall.class);

    private final Environment environment;
    private final NotificationHandler<P> handler;
    private final NotificationChannel<P> channel;
    private final Wake wake;
    private final Consumer<EngineEvent> events;
    private final Seldom failureLog = new Seldom();
    private final Seldom unreadableLog = new Seldom();
    private final LongAdder failures = new LongAdder();
    private final LongAdder undecodable = new LongAdder();
    private final LongAdder missed = new LongAdder();
    private volatile boolean closed;

    HandlerCall(Environment environment, NotificationHandler<P> handler, Wake wake, Consumer<EngineEvent> events) {
        this.environment = environment;
        this.handler = handler;
        this.channel = handler.channel();
        this.wake = wake;
        this.events = events;
    }

    void deliver(String payload) {
        if (payload.equals(Notification.SWEEP)) {
            missed();
            return;
        }
        P value = read(payload);
        if (value == null || !handle(value)) {
            missed();
        }
    }

    /** Tells the handler that anything may have happened. If it fails at that, there still are its poller's intervals. */
    void missed() {
        if (closed) {
            return;
        }
        missed.increment();
        try {
            handler.missed(wake);
        } catch (Throwable e) {
            failed(e);
        }
    }

    /** The handler is not called any more after this; what it does at this moment goes on. */
    void close() {
        closed = true;
    }

    Class<?> handlerClass() {
        return handler.getClass();
    }

    /** The channel's name without prefix. */
    String channel() {
        return channel.name();
    }

    long failures() {
        return failures.sum();
    }

    long undecodable() {
        return undecodable.sum();
    }

    long missedCalls() {
        return missed.sum();
    }

    private @Nullable P read(String payload) {
        @Nullable Throwable error = null;
        try {
            P value = channel.decode().apply(payload);
            if (value != null) {
                return value;
            }
        } catch (Throwable e) { // the decoder is a plugin's, the text may be anybody's
            error = e;
        }
        undecodable.increment();
        if (unreadableLog.now(environment.nanoTime())) {
            log.warn(
                    "A payload on '{}' cannot be read by {} and counts as a missed hint: {}{}",
                    channel,
                    handlerClass().getName(),
                    error == null ? "its decoder returned null" : error.toString(),
                    unreadableLog.heldBack());
        }
        events.accept(new EngineEvent.HintsMissed(channel.name(), "a payload could not be read"));
        return null;
    }

    private boolean handle(P value) {
        if (closed) {
            return true;
        }
        try {
            handler.handle(value, wake);
            return true;
        } catch (Throwable e) {
            failed(e);
            return false;
        }
    }

    private void failed(Throwable e) {
        failures.increment();
        if (closed) {
            log.debug("{} failed while closing", handlerClass().getName(), e);
            return;
        }
        if (failureLog.now(environment.nanoTime())) {
            log.warn(
                    "{} failed on '{}'; it is told that it missed something{}",
                    handlerClass().getName(),
                    channel,
                    failureLog.heldBack(),
                    e);
        }
        events.accept(new EngineEvent.HandlerFailed(handlerClass(), channel.name(), e));
    }
}
