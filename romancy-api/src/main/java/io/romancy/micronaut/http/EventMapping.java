package io.romancy.micronaut.http;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.rw.CloudEventRWException;
import io.romancy.spi.outbox.EventRejectedException;
import io.romancy.spi.outbox.OutboxRecord;
import java.net.URI;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An event of the outbox as a CloudEvent: its id, type and time, its key as {@code partitionkey}, and of its headers those that CloudEvents
 * can name, {@code subject} and {@code dataschema} included. The others are headers of the request.
 */
record EventMapping(URI source) {
    private static final Pattern EXTENSION = Pattern.compile("[a-z0-9]{1,20}");
    private static final Set<String> OURS =
            Set.of("id", "type", "source", "specversion", "time", "datacontenttype", "data");

    CloudEvent cloudEvent(OutboxRecord event) {
        var payload = event.payload();
        try {
            CloudEventBuilder builder = CloudEventBuilder.v1()
                    .withId(event.id())
                    .withType(event.type())
                    .withSource(source)
                    .withTime(event.at().atOffset(ZoneOffset.UTC))
                    .withData(
                            payload.codec().equals("json") ? "application/json" : "application/octet-stream",
                            payload.data());
            if (event.key() != null) {
                builder.withExtension("partitionkey", event.key());
            }
            event.headers().forEach((name, value) -> {
                if (isAttribute(name)) {
                    builder.withContextAttribute(name, value);
                }
            });
            return builder.build();
        } catch (CloudEventRWException | IllegalArgumentException | IllegalStateException e) {
            throw new EventRejectedException(
                    "the event cannot be a CloudEvent: " + e.getMessage()
                            + ". Give it headers that CloudEvents allows.",
                    e);
        }
    }

    /** Those headers that are no attribute of the event. */
    Map<String, String> requestHeaders(OutboxRecord event) {
        Map<String, String> others = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        event.headers().forEach((name, value) -> {
            if (!isAttribute(name)) {
                if (!HeaderNames.isFree(name) || !HeaderNames.isValue(value)) {
                    throw new EventRejectedException("its header '" + printable(name)
                            + "' can be neither an attribute of a CloudEvent nor a header of a request. Take a name of lower-case"
                            + " letters and digits, and a value of one line.");
                }
                others.put(name, value);
            }
        });
        return others;
    }

    private static boolean isAttribute(String name) {
        return EXTENSION.matcher(name).matches() && !OURS.contains(name);
    }

    private static String printable(String name) {
        return name.replaceAll("[^ -~]", "?");
    }
}
