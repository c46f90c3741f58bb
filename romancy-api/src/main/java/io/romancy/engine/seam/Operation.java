package io.romancy.engine.seam;

import io.romancy.spi.model.ChannelName;
import io.romancy.spi.model.Route;
import org.jspecify.annotations.Nullable;

/** What an {@link Observer} can follow. A switch over it needs a {@code default}: later releases add kinds. */
public sealed interface Operation {
    /** An instance is started, by the application or by another one. */
    record Start(Route route, String id) implements Operation {}

    /**
     * A worker runs an instance, from the claim until the instance ends, waits, or goes elsewhere.
     *
     * @param resumed whether it goes on behind records of before, live or by replay
     */
    record Run(Route route, String id, boolean resumed) implements Operation {}

    /**
     * The body of a step or of a compensation is called.
     *
     * @param step name and occurrence, such as {@code charge:1}
     */
    record Attempt(Route route, String id, String step, int number) implements Operation {
        /** The step's name without occurrence, of which there are few. */
        public String kind() {
            return kindOf(step);
        }

        /** The same of a step with its occurrence. */
        public static String kindOf(String step) {
            int colon = step.lastIndexOf(':');
            return colon < 0 ? step : step.substring(0, colon);
        }
    }

    /**
     * A message is sent or published.
     *
     * @param target the instance it is sent to; null for a topic
     */
    record Send(ChannelName channel, @Nullable String target) implements Operation {}

    /** An instance takes a message out of its mailbox. */
    record Receive(Route route, String id, ChannelName channel, long message) implements Operation {}

    /** An event is added to the outbox. */
    record AddEvent(String type, String id) implements Operation {}

    /** A publisher is called with an event. */
    record PublishEvent(String type, String id, int attempt) implements Operation {}
}
