package io.romancy.micronaut.http;

import io.cloudevents.CloudEvent;
import io.cloudevents.http.HttpMessageFactory;
import io.cloudevents.jackson.JsonFormat;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A CloudEvent as a request: what goes into its head, and its body. */
final class EventMessage {
    private final Map<String, String> headers;
    private final byte[] body;

    private EventMessage(Map<String, String> headers, byte[] body) {
        this.headers = headers;
        this.body = body;
    }

    /**
     * The event as this mode has it.
     *
     * @param more headers that are no attributes of the event
     */
    static EventMessage of(CloudEvent event, EventMode mode, Map<String, String> more) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(more);
        byte[][] body = {new byte[0]};
        var writer = HttpMessageFactory.createWriter(
                (name, value) -> headers.put(name, isAttribute(name) ? encoded(value) : value),
                bytes -> body[0] = bytes == null ? new byte[0] : bytes);
        switch (mode) {
            case BINARY -> writer.writeBinary(event);
            case STRUCTURED -> writer.writeStructured(event, new JsonFormat());
        }
        return new EventMessage(headers, body[0]);
    }

    Map<String, String> headers() {
        return headers;
    }

    byte[] body() {
        return body;
    }

    private static boolean isAttribute(String header) {
        return header.toLowerCase(Locale.ROOT).startsWith("ce-");
    }

    /** As CloudEvents asks for in headers, and the SDK leaves out: all but visible ASCII by percent, and the two that would mislead. */
    private static String encoded(String value) {
        StringBuilder text = new StringBuilder(value.length());
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (b > ' ' && b < 0x7f && b != '"' && b != '%') {
                text.append((char) b);
            } else {
                text.append(String.format(Locale.ROOT, "%%%02X", b & 0xff));
            }
        }
        return text.toString();
    }
}
