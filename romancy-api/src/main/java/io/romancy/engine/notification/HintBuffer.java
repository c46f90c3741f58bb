package io.romancy.engine.notification;

import io.romancy.spi.notification.Notification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects hints until they are sent. Its size is bounded whatever the rate: a channel with more than {@value #MAX_PAYLOADS} different
 * payloads, or too much text, collapses to one sweep, and from then on costs a counter. Thread-safe.
 */
final class HintBuffer {
    static final int MAX_PAYLOADS = 64;
    static final int MAX_CHANNELS = 256;

    private static final int MAX_CHARACTERS = 64_000;

    private final Map<String, Pending> channels = new LinkedHashMap<>();

    /** Whether a sweep of this channel waits already, which stands for any hint; the hint is counted then. */
    synchronized boolean covers(String channel) {
        Pending pending = channels.get(channel);
        if (pending == null || !pending.sweep) {
            return false;
        }
        pending.hints++;
        return true;
    }

    /** Adds a hint. */
    synchronized Added add(Notification hint) {
        boolean first = channels.isEmpty();
        Pending pending = of(hint.channel());
        if (pending == null) {
            return Added.REFUSED;
        }
        pending.add(hint);
        return first ? Added.FIRST : Added.MORE;
    }

    /** Remembers, for what was taken and could not be sent, a sweep of each of its channels. */
    synchronized void owe(HintBatch unsent) {
        for (Notification hint : unsent.notifications()) {
            Pending pending = of(hint.channel());
            if (pending != null) {
                pending.collapse();
            }
        }
    }

    /** Takes everything out. */
    synchronized HintBatch take() {
        List<Notification> batch = new ArrayList<>();
        int hints = 0;
        for (var entry : channels.entrySet()) {
            entry.getValue().appendTo(batch, entry.getKey());
            hints += entry.getValue().hints;
        }
        channels.clear();
        return new HintBatch(List.copyOf(batch), hints);
    }

    synchronized int channels() {
        return channels.size();
    }

    /** Names of channels are constants in any sane program; one that makes them up gets no more than this. */
    private @Nullable Pending of(String channel) {
        Pending pending = channels.get(channel);
        if (pending == null && channels.size() < MAX_CHANNELS) {
            pending = new Pending();
            channels.put(channel, pending);
        }
        return pending;
    }

    /** What became of a hint. */
    enum Added {
        /** Nothing was waiting before it: the sender has to be woken. */
        FIRST,
        /** It joined, or is covered by, what waits already. */
        MORE,
        /** There are too many channels; it was not kept. */
        REFUSED
    }

    private static final class Pending {
        private final Set<String> payloads = new LinkedHashSet<>();
        private int characters;
        private int hints;
        private boolean sweep;

        void add(Notification hint) {
            hints++;
            if (sweep) {
                return;
            }
            if (hint.isSweep()) {
                collapse();
            } else if (payloads.add(hint.payload())) {
                characters += hint.payload().length();
                if (payloads.size() > MAX_PAYLOADS || characters > MAX_CHARACTERS) {
                    collapse();
                }
            }
        }

        void collapse() {
            sweep = true;
            payloads.clear();
        }

        void appendTo(List<Notification> batch, String channel) {
            if (sweep) {
                batch.add(Notification.sweep(channel));
            } else {
                payloads.forEach(payload -> batch.add(new Notification(channel, payload)));
            }
        }
    }
}
