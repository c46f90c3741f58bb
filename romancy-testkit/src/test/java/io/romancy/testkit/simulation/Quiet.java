package io.romancy.testkit.simulation;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;

/** Lets engines keep to themselves what goes wrong: in a simulation it is meant to. */
final class Quiet implements BeforeAllCallback, AfterAllCallback {
    private static final Logger ROMANCY = (Logger) LoggerFactory.getLogger("io.romancy");

    @Override
    public void beforeAll(ExtensionContext context) {
        off();
    }

    static void off() {
        ROMANCY.setLevel(Level.OFF);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        ROMANCY.setLevel(null);
    }
}
