package io.romancy.examples.orders;

import io.romancy.api.error.TerminalException;

/** The carrier knows no such place: asking again changes nothing. */
public final class AddressUnknown extends TerminalException {
    private static final long serialVersionUID = 1L;

    public AddressUnknown(String message) {
        super(message);
    }
}
