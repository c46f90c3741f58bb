package io.romancy.testkit.simulation;

import io.romancy.engine.replay.RecordKind;
import io.romancy.spi.Storage;
import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.StepRecord;
import io.romancy.spi.model.TopicMode;
import io.romancy.spi.notification.FlatJson;
import io.romancy.testkit.memory.PublishedMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges what is left in the end: all histories have ended, each says what its owners were told, what was received came once, in
 * order, and no event waits.
 */
final class Verdict {
    private static final int PAGE = 1000;

    private final Surroundings surroundings;
    private final Map<Long, PublishedMessage> published = new LinkedHashMap<>();
    private final Map<Long, String> receivers = new HashMap<>();

    Verdict(Surroundings surroundings) {
        this.surroundings = surroundings;
        surroundings.database().published().forEach(message -> published.put(message.number(), message));
    }

    void pronounce() {
        Storage storage = surroundings.storage();
        Set<Long> seen = new HashSet<>();
        for (InstanceInfo info : surroundings.instances(Set.of())) {
            seen.add(info.run());
            require(info.status().isFinal(), info.id() + " has not ended: " + info);
            require(
                    info.status() != InstanceStatus.COMPLETED
                            || !surroundings.ledger().cancelled().contains(info.id()),
                    "The cancellation of " + info.id() + " was accepted, and it completed");
            List<StepRecord> history = history(storage, info.run());
            surroundings.ledger().compare(info.run(), history);
            messages(info, history);
        }
        surroundings
                .ledger()
                .runs()
                .forEach((number, run) ->
                        require(seen.contains(number), run.id + " was run, and is not there any more"));
        surroundings.events().requireAllThrough();
    }

    private static List<StepRecord> history(Storage storage, long run) {
        List<StepRecord> all = new ArrayList<>();
        List<StepRecord> page;
        do {
            page = storage.runs().history(run, all.isEmpty() ? 0 : all.getLast().position() + 1, PAGE);
            all.addAll(page);
        } while (!page.isEmpty());
        return all;
    }

    /** What an instance received of each channel, in the order in which it did. */
    private void messages(InstanceInfo info, List<StepRecord> history) {
        Map<ChannelName, List<PublishedMessage>> received = new LinkedHashMap<>();
        for (StepRecord step : history) {
            if (RecordKind.of(step) == RecordKind.MESSAGE_RECEIVED) {
                PublishedMessage message = published.get(numberOf(step));
                if (message == null) {
                    throw new PromiseBroken(info.id() + " received in " + step.name() + " what nobody published");
                }
                received.computeIfAbsent(message.channel(), channel -> new ArrayList<>())
                        .add(message);
            }
        }
        received.forEach((channel, messages) -> judge(info, channel, messages));
    }

    private void judge(InstanceInfo info, ChannelName channel, List<PublishedMessage> received) {
        Set<Long> once = new HashSet<>();
        for (PublishedMessage message : received) {
            require(once.add(message.number()), info.id() + " received twice: " + message);
            if (message.mode() == TopicMode.COMPETING) {
                String other = receivers.putIfAbsent(message.number(), info.id());
                require(other == null, "Both " + other + " and " + info.id() + " received " + message);
            }
            require(
                    message.target() == null || message.target().equals(info.id()),
                    info.id() + " received what was sent to another: " + message);
        }
        TopicMode mode = received.getFirst().mode();
        if (mode != TopicMode.COMPETING) {
            inOrder(info, channel, received, mode == null);
        }
    }

    /** The first ones, if they were sent to it; else those from some point on. None is left out in between. */
    private void inOrder(InstanceInfo info, ChannelName channel, List<PublishedMessage> received, boolean direct) {
        List<PublishedMessage> meant = published.values().stream()
                .filter(message -> message.channel().equals(channel)
                        && (!direct || info.id().equals(message.target())))
                .sorted(Comparator.comparingLong(PublishedMessage::arrival))
                .toList();
        int from = direct ? 0 : meant.indexOf(received.getFirst());
        List<PublishedMessage> expected = meant.subList(from, Math.min(meant.size(), from + received.size()));
        require(
                expected.equals(received),
                info.id() + " received of " + channel.text() + "\n  " + received
                        + "\nand what came there, in order, was\n  " + expected);
    }

    private static long numberOf(StepRecord step) {
        Payload body = step.body();
        String text = body == null ? "" : new String(body.data(), StandardCharsets.UTF_8);
        int end = text.indexOf('\n');
        return FlatJson.read(end < 0 ? text : text.substring(0, end)).number("message_id");
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new PromiseBroken(what);
        }
    }
}
