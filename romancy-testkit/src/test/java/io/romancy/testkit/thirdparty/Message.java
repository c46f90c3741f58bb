package io.romancy.testkit.thirdparty;

import io.romancy.spi.model.DeliveredMessage;
import io.romancy.spi.model.NewMessage;
import java.time.Instant;

/** A message; numbers follow the order of commits, because there is one writer at a time. */
record Message(long number, NewMessage content, Instant at) {
    DeliveredMessage delivered(long seq) {
        return new DeliveredMessage(
                seq, number, content.channel(), content.sender(), content.headers(), content.payload(), at);
    }
}
