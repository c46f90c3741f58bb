package io.romancy.engine.discovery;

/**
 * Something that was found and cannot be used.
 *
 * @param description its class, as far as it is known, and the jar or folder that promised it
 */
public record BrokenProvider(Class<?> service, String description, Throwable cause) {
    @Override
    public String toString() {
        return description + ": " + cause;
    }
}
