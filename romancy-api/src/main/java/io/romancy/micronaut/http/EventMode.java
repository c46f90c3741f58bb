package io.romancy.micronaut.http;

/** How a CloudEvent lies in an HTTP request. */
public enum EventMode {
    /** The attributes are headers, and the body is the data as it is. */
    BINARY,
    /** The body is one JSON document with attributes and data. */
    STRUCTURED
}
