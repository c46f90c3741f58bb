package io.romancy.testkit.replay;

import io.romancy.engine.replay.RecordKind;
import io.romancy.engine.replay.StartBody;
import io.romancy.spi.Storage;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Outcome;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import io.romancy.spi.model.StepRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What one instance did up to a moment: all that is needed to replay it, without the database that it ran in.
 *
 * @param run the number of its row, from which its random numbers come
 * @param waitsFor the names of the channels on which it waits; empty if it waits for none
 * @param outcome result, failure, reason or diagnosis; null while it goes on
 */
public record RecordedHistory(
        String id,
        long run,
        Route route,
        InstanceStatus status,
        @Nullable String cancelReason,
        Instant startedAt,
        Set<String> waitsFor,
        Payload input,
        List<StepRecord> steps,
        @Nullable Payload outcome) {
    private static final int PAGE = 1000;
    private static final int MOST_LOOKS = 100;

    public RecordedHistory {
        waitsFor = Collections.unmodifiableSet(new TreeSet<>(waitsFor));
        steps = List.copyOf(steps);
    }

    /**
     * Reads an instance that has ended or goes on; changes nothing. Refused with {@link IllegalArgumentException} if there is none of this
     * id, or if it never holds still.
     */
    public static RecordedHistory of(Storage storage, String id) {
        for (int look = 0; look < MOST_LOOKS; look++) {
            InstanceInfo before = find(storage, id);
            Optional<RecordedHistory> read = read(storage, before);
            if (read.isPresent() && before.equals(find(storage, id))) {
                return read.get();
            }
        }
        throw new IllegalArgumentException("Instance '" + id + "' in " + storage.description()
                + " went on while it was read, " + MOST_LOOKS + " times. Record it when it waits or has ended.");
    }

    private static InstanceInfo find(Storage storage, String id) {
        return storage.instances()
                .find(id)
                .orElseThrow(() -> new IllegalArgumentException("There is no instance '" + id + "' in "
                        + storage.description() + ": it was never started, or its retention is over."));
    }

    private static Optional<RecordedHistory> read(Storage storage, InstanceInfo info) {
        List<StepRecord> steps = new ArrayList<>();
        List<StepRecord> page;
        do {
            int from = steps.isEmpty() ? 0 : steps.getLast().position() + 1;
            page = storage.runs().history(info.run(), from, PAGE);
            steps.addAll(page);
        } while (!page.isEmpty());
        Payload outcome = storage.instances().outcomes(List.of(info.id())).stream()
                .map(Outcome::payload)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        Set<String> channels = new TreeSet<>();
        info.waitsFor().forEach(channel -> channels.add(channel.name()));
        return storage.instances()
                .input(info.id())
                .map(StartBody::input) // without what its start carried along, which is no part of it
                .map(input -> new RecordedHistory(
                        info.id(),
                        info.run(),
                        info.route(),
                        info.status(),
                        info.cancelReason(),
                        info.startedAt(),
                        channels,
                        input,
                        steps,
                        outcome));
    }

    /** Reads a file that {@link #write} wrote; refused with {@link IllegalArgumentException}, naming it, if it is none. */
    public static RecordedHistory read(Path file) {
        try {
            return HistoryJson.read(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException("The recorded history " + file + " cannot be read.", e);
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    file + " is no recorded history: " + e.getMessage() + " Record it anew.", e);
        }
    }

    /** Writes it as JSON to be read in reviews, without the stack traces of failures; equal histories give equal files. */
    public void write(Path file) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Files.writeString(file, toJson());
        } catch (IOException e) {
            throw new UncheckedIOException("The history of '" + id + "' cannot be written to " + file + ".", e);
        }
    }

    /** What {@link #write} writes. */
    public String toJson() {
        return HistoryJson.write(this);
    }

    /** Whether the instance had ended. */
    boolean isOver() {
        return status.isFinal();
    }

    /** The record that says that all was undone, if there is one: it is written with the end. */
    @Nullable
    StepRecord lastRecord() {
        StepRecord last = steps.isEmpty() ? null : steps.getLast();
        RecordKind kind = last == null ? null : RecordKind.of(last);
        return kind == RecordKind.COMPENSATED || kind == RecordKind.COMPENSATED_IN_PART ? last : null;
    }

    /** What a run can have when it is replayed. */
    List<StepRecord> stepsBeforeEnd() {
        return lastRecord() == null ? steps : steps.subList(0, steps.size() - 1);
    }
}
