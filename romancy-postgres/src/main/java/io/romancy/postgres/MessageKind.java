package io.romancy.postgres;

import io.romancy.spi.model.NewMessage;
import io.romancy.spi.model.TopicMode;

/** What a row of {@code msg} is, as it is stored. */
enum MessageKind {
    DIRECT("d"),
    BROADCAST("b"),
    COMPETING("c"),
    /** A run waits for a competing message: whichever comes second, this or the message, is dispatched second and sees the other. */
    ASK("a"),
    /** A cancellation asked for inside an application's transaction. */
    CANCEL("x");

    private final String code;

    MessageKind(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    static MessageKind of(NewMessage message) {
        if (message.target() != null) {
            return DIRECT;
        }
        return message.mode() == TopicMode.COMPETING ? COMPETING : BROADCAST;
    }
}
