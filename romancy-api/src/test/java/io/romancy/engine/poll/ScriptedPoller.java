package io.romancy.engine.poll;

import io.romancy.spi.notification.NotificationChannel;
import io.romancy.spi.poll.PollContext;
import io.romancy.spi.poll.PollReason;
import io.romancy.spi.poll.PollResult;
import io.romancy.spi.poll.Poller;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/** A poller that answers as told, and remembers why it was asked. For tests of one thread. */
public final class ScriptedPoller implements Poller {
    private final String name;
    private final Duration interval;
    private final Set<NotificationChannel<?>> wokenBy;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private Answer otherwise = PollResult::nothing;
    private final List<PollContext> asked = new ArrayList<>();

    public ScriptedPoller(String name, Duration interval, NotificationChannel<?>... wokenBy) {
        this.name = name;
        this.interval = interval;
        this.wokenBy = Set.of(wokenBy);
    }

    /** The next answer; without one it finds nothing. */
    public ScriptedPoller answers(Answer answer) {
        answers.add(answer);
        return this;
    }

    /** The answer whenever no other is left. */
    public ScriptedPoller answersOtherwise(Answer answer) {
        otherwise = answer;
        return this;
    }

    public ScriptedPoller finds(int rows) {
        return answers(() -> PollResult.found(rows));
    }

    public ScriptedPoller fails(Throwable error) {
        return answers(() -> {
            throw error;
        });
    }

    public List<PollContext> asked() {
        return asked;
    }

    public List<PollReason> reasons() {
        return asked.stream().map(PollContext::reason).toList();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Duration interval() {
        return interval;
    }

    @Override
    public Set<NotificationChannel<?>> wokenBy() {
        return wokenBy;
    }

    @Override
    public PollResult poll(PollContext context) throws Exception {
        asked.add(context);
        Answer answer = answers.poll();
        try {
            return (answer == null ? otherwise : answer).get();
        } catch (Exception | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new AssertionError("neither Exception nor Error", e);
        }
    }

    /** One answer of a poller. */
    @FunctionalInterface
    public interface Answer {
        PollResult get() throws Throwable;
    }
}
