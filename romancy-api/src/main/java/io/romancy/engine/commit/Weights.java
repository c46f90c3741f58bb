package io.romancy.engine.commit;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.commit.Transition;
import io.romancy.spi.model.Payload;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What commits weigh, roughly, in bytes: so that a batch of large ones stays small. */
public final class Weights {
    private Weights() {}

    static long of(Commit commit) {
        return switch (commit) {
            case Commit.OfRun run -> of(run.changes()) + of(run.transition());
            case Commit.Start start -> start.instance().input().data().length;
            case Commit.Publish publish -> publish.message().payload().data().length;
            case Commit.Cancel cancel -> 64;
            case Commit.Retry retry -> 64;
        };
    }

    private static long of(@Nullable Transition transition) {
        return switch (transition) {
            case Transition.End end -> of(end.payload());
            case Transition.Stick stick -> of(stick.diagnosis());
            case null, default -> 0;
        };
    }

    private static long of(List<Change> changes) {
        long sum = 64;
        for (Change change : changes) {
            sum += of(change);
        }
        return sum;
    }

    public static long of(Change change) {
        return switch (change) {
            case Change.Append append -> of(append.step().body());
            case Change.Publish publish -> of(publish.message().payload());
            case Change.Start start -> of(start.instance().input());
            case Change.Consume consume -> 0;
            case Change.Subscribe subscribe -> 0;
            case Change.Unsubscribe unsubscribe -> 0;
        };
    }

    private static long of(@Nullable Payload payload) {
        return payload == null ? 0 : payload.data().length;
    }
}
