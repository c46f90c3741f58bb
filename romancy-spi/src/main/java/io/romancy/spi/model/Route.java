package io.romancy.spi.model;

import io.romancy.spi.error.Check;

/**
 * Which workers may claim an instance: those that have this workflow in this version. Stored as {@code name/version}, so that a worker
 * never claims what it has no code for.
 */
public record Route(String workflow, int version) {
    public Route {
        Check.name("Workflow name", workflow);
        if (version < 1) {
            throw new IllegalArgumentException("a workflow's version starts at 1, not " + version);
        }
        Check.name("Workflow route", workflow + "/" + version);
    }

    /** The stored form. */
    public String text() {
        return workflow + "/" + version;
    }

    /** Reads the stored form; the version is what follows the last slash. */
    public static Route parse(String text) {
        int slash = text.lastIndexOf('/');
        return new Route(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return text();
    }
}
