package io.romancy.engine.codec;

import io.romancy.api.error.ActivityFailedException;
import io.romancy.spi.error.RomancyException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the record of one failure, within bounds: chains of causes can be long, wide, and even circular. */
final class FailureRecorder {
    private static final int MAX_DEPTH = 8;
    private static final int MAX_FAILURES = 32;
    private static final int MAX_SUPPRESSED = 8;
    private static final int MAX_FRAMES = 100;
    private static final int MAX_FRAMES_BELOW = 30;

    private final Rebuilder rebuilder;
    private final Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());

    FailureRecorder(Rebuilder rebuilder) {
        this.rebuilder = rebuilder;
    }

    FailureRecord record(Throwable failure) {
        seen.add(failure);
        return record(failure, 0);
    }

    private FailureRecord record(Throwable failure, int depth) {
        String message = Messages.bareMessage(failure);
        FailureRecord cause = below(Messages.causeOf(failure), depth);
        Constructors.Way way = rebuilder.choose(failure, message, cause == null ? null : rebuilder.rebuild(cause));
        return new FailureRecord(
                types(failure.getClass()),
                failure instanceof RomancyException ours ? ours.code().id() : null,
                message,
                way.how(),
                way.causeType(),
                stack(failure, depth == 0 ? MAX_FRAMES : MAX_FRAMES_BELOW),
                cause,
                suppressed(failure, depth),
                failure instanceof ActivityFailedException activity ? FailureRecord.of(activity.failure()) : null);
    }

    private @Nullable FailureRecord below(@Nullable Throwable failure, int depth) {
        if (failure == null || depth + 1 >= MAX_DEPTH || seen.size() >= MAX_FAILURES || !seen.add(failure)) {
            return null;
        }
        return record(failure, depth + 1);
    }

    private List<FailureRecord> suppressed(Throwable failure, int depth) {
        List<FailureRecord> records = new ArrayList<>();
        for (Throwable other : failure.getSuppressed()) {
            FailureRecord below = records.size() < MAX_SUPPRESSED ? below(other, depth) : null;
            if (below != null) {
                records.add(below);
            }
        }
        return records;
    }

    private static List<FailureRecord.Frame> stack(Throwable failure, int most) {
        return Arrays.stream(failure.getStackTrace())
                .limit(most)
                .map(FailureRecord.Frame::of)
                .toList();
    }

    private static List<String> types(Class<?> type) {
        List<String> names = new ArrayList<>();
        for (Class<?> c = type; c != null && c != Throwable.class; c = c.getSuperclass()) {
            names.add(c.getName());
        }
        return names.isEmpty() ? List.of(type.getName()) : names;
    }
}
