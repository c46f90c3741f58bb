package io.romancy.micronaut.http;

import io.micronaut.core.value.PropertyResolver;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.util.List;

/** Options that Micronaut has for any HTTP client and that would do nothing for this one, which sends events and nothing else. */
final class ClientOptions {
    private static final String CLIENT = HttpOutboxConfiguration.PREFIX + ".client.";

    /** Options with one reason. */
    private record Idle(List<String> options, String reason, String remedy) {}

    private static final List<Idle> IDLE = List.of(
            new Idle(
                    List.of("connect-timeout", "read-timeout", "request-timeout"),
                    "the publisher has one time-out for a call, the connecting included",
                    "Set " + HttpOutboxConfiguration.PREFIX + ".timeout"),
            new Idle(
                    List.of(
                            "follow-redirects",
                            "max-redirects",
                            "redirect-always-filtered-headers",
                            "redirect-additional-non-preserve-body-filtered-headers",
                            "redirect-cross-origin-filtered-headers"),
                    "redirects are not followed, since the event and its credentials would go where nobody sent them",
                    "Set " + HttpOutboxConfiguration.PREFIX + ".url to where events belong"),
            new Idle(List.of("exception-on-error-status"), "the publisher judges every status itself", "Remove it"),
            new Idle(List.of("default-charset"), "events are sent as bytes", "Remove it"),
            new Idle(List.of("max-content-length"), "of an answer no more than 64 KB are read", "Remove it"),
            new Idle(List.of("read-idle-timeout", "ws"), "the publisher opens no web socket", "Remove it"),
            new Idle(
                    List.of("allow-block-event-loop"),
                    "the publisher never blocks a thread of the client",
                    "Remove it"),
            new Idle(
                    List.of("num-of-threads", "thread-factory", "shutdown-timeout", "shutdown-quiet-period"),
                    "the threads are those of a group that clients share",
                    "Configure the group under micronaut.netty.event-loops, and name it by " + CLIENT
                            + "event-loop-group"));

    private ClientOptions() {}

    /** Refuses what would do nothing. */
    static void check(PropertyResolver properties) {
        for (Idle idle : IDLE) {
            for (String option : idle.options()) {
                if (properties.containsProperties(CLIENT + option)) {
                    throw new RomancyException(
                            ErrorCode.INVALID_OPTION,
                            "Option " + CLIENT + option + " is refused: it would do nothing, because " + idle.reason()
                                    + ". " + idle.remedy() + ".");
                }
            }
        }
    }
}
