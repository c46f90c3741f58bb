package io.romancy.engine.discovery;

/**
 * Something that was found.
 *
 * @param name what it calls itself
 * @param origin the jar or folder it came from
 */
public record Discovered<T>(T value, String name, String origin) {
    @Override
    public String toString() {
        return name + " (" + origin + ")";
    }
}
