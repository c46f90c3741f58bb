package io.romancy.postgres.http;

import java.util.Map;

/** What a broker received; names of headers in lower case. */
record Request(String line, Map<String, String> headers, String body) {
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /** The data of a test's event, which is a text. */
    String text() {
        return body.replace("\"", "");
    }
}
