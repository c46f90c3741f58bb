package io.romancy.examples.orders;

import io.romancy.api.error.TerminalException;

/** The warehouse has none, and will have none: asking again changes nothing. */
public final class OutOfStock extends TerminalException {
    private static final long serialVersionUID = 1L;

    public OutOfStock(String message) {
        super(message);
    }
}
