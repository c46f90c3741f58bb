package io.romancy.examples.orders.run;

import java.nio.file.Path;

/** Where the log goes: into a file beside the data, so that the terminal is free for the progress. */
final class LogFile {
    private LogFile() {}

    /** Takes effect if nothing was logged yet. */
    static void use(Path file) {
        System.setProperty("logback.configurationFile", "orders-logback.xml");
        System.setProperty("orders.log", file.toString());
    }
}
