package io.romancy.engine.replay;

import io.romancy.engine.seam.Observed;
import io.romancy.engine.seam.Observer;
import io.romancy.engine.seam.Operation;
import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * Where the thread of a run is while it has the claim: in an operation that observers follow, and in the log by the name of its instance.
 * It leaves whenever it lets go of the claim, so that nothing stays with a thread that waits. For the run's own thread, but for
 * {@link #body}.
 */
final class Presence {
    private static final int MOST_LINKS = 16;

    private final Observer observer;
    private final Route route;
    private final String id;
    private final Map<String, String> cause;
    private @Nullable Observed run;
    private Observed.@Nullable Inside inside;
    private @Nullable Observed undoing;
    private Observed.@Nullable Inside insideUndoing;
    private String outcome = "suspended";
    private @Nullable Throwable failure;

    Presence(Observer observer, Route route, String id, Payload start) {
        this.observer = observer;
        this.route = route;
        this.id = id;
        this.cause = StartBody.carried(start);
    }

    /** Begins, with the messages that are there to be taken. */
    void enter(boolean resumed, List<DeliveredMessage> mailbox) {
        LogContext.set(id, route.workflow());
        Observed begun = observer.begin(new Operation.Run(route, id, resumed), cause, links(mailbox));
        run = begun;
        inside = begun.enter();
        insideUndoing = undoing == null ? null : undoing.enter();
    }

    private static List<Map<String, String>> links(List<DeliveredMessage> mailbox) {
        if (mailbox.isEmpty()) {
            return List.of();
        }
        return mailbox.stream()
                .map(DeliveredMessage::headers)
                .filter(headers -> !headers.isEmpty())
                .limit(MOST_LINKS)
                .toList();
    }

    /** Says how this ends, when it ends. Without a word it is that the run waits. */
    void endsAs(String word) {
        outcome = word;
    }

    /** Says why. */
    void failsBy(Throwable why) {
        failure = why;
    }

    /** Ends, if it has not ended before. */
    void leave() {
        Observed going = run;
        if (going == null) {
            return;
        }
        if (insideUndoing != null) {
            insideUndoing.close();
            insideUndoing = null;
        }
        if (inside != null) {
            inside.close();
        }
        going.end(outcome, failure);
        run = null;
        inside = null;
        LogContext.clear();
    }

    /** Takes a message, which joins what its sender is in to what this is in. */
    void received(DeliveredMessage message) {
        var receive = new Operation.Receive(route, id, message.channel(), message.id());
        observer.begin(receive, Map.of(), message.headers().isEmpty() ? List.of() : List.of(message.headers()))
                .end(Observed.DONE, null);
    }

    /** A compensation is called: on this thread, which may leave and come back before it returns. */
    void beginUndoing(String compensation, int number) {
        Observed begun = attempt(compensation, number);
        undoing = begun;
        insideUndoing = begun.enter();
    }

    void endUndoing(@Nullable Throwable why) {
        if (insideUndoing != null) {
            insideUndoing.close();
            insideUndoing = null;
        }
        if (undoing != null) {
            boolean stopped = why instanceof Unwind;
            undoing.end(stopped ? "stopped" : why == null ? Observed.DONE : Observed.FAILED, stopped ? null : why);
            undoing = null;
        }
    }

    /** Begins the body of a step. */
    Observed attempt(String step, int number) {
        return observer.begin(new Operation.Attempt(route, id, step, number), Map.of(), List.of());
    }

    /** Runs the body of a step inside of it, on whatever thread. */
    <T extends @Nullable Object> T body(Observed attempt, Callable<T> body) throws Exception {
        boolean own = LogContext.isSet();
        if (!own) {
            LogContext.set(id, route.workflow());
        }
        try (var within = attempt.enter()) {
            return body.call();
        } finally {
            if (!own) {
                LogContext.clear();
            }
        }
    }
}
