package io.romancy.engine.codec;

import io.romancy.api.error.TerminalException;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Exceptions as applications write them. */
final class Failures {
    private Failures() {}

    /** Rebuilt by message and cause. */
    static class OutOfStock extends Exception {
        private static final long serialVersionUID = 1L;

        OutOfStock(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Rebuilt by message; its cause is set afterwards. */
    static final class MessageOnly extends IOException {
        private static final long serialVersionUID = 1L;

        private MessageOnly(String message) {
            super(message);
        }
    }

    static Throwable messageOnly(Throwable cause) {
        return new MessageOnly("only").initCause(cause);
    }

    /** Rebuilt by nothing: the message is always the same. */
    static final class Fixed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Fixed() {
            super("always the same");
        }
    }

    /** Its constructor makes another message: both are of the type, the second one keeps the message. */
    static final class Decorated extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Decorated(String sku, @Nullable Throwable cause) {
            super("out of stock: " + sku, cause);
        }

        Decorated(String message) {
            super(message);
        }
    }

    /** Has no way to the message that it had; the type matters more. */
    static final class OnlyDecorated extends RuntimeException {
        private static final long serialVersionUID = 1L;

        OnlyDecorated(String sku) {
            super("sku " + sku);
        }
    }

    /** Cannot be had again. */
    static class Declined extends Exception {
        private static final long serialVersionUID = 1L;

        Declined(int code) {
            super("declined with " + code);
        }
    }

    /** Cannot be had again either: its constructor refuses every message. */
    static final class Picky extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Picky(int code) {
            super("picky " + code);
        }

        Picky(String number) {
            this(Integer.parseInt(number));
        }
    }

    static final class CardDeclined extends TerminalException {
        private static final long serialVersionUID = 1L;

        CardDeclined(String message) {
            super(message);
        }
    }

    /** Fails at everything that it is asked. */
    static final class Hostile extends RuntimeException {
        private static final long serialVersionUID = 1L;

        @Override
        public String getMessage() {
            throw new IllegalStateException("no message");
        }

        @Override
        public synchronized Throwable getCause() {
            throw new IllegalStateException("no cause");
        }
    }
}
