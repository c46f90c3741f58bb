package io.romancy.engine.notification;

import io.romancy.spi.notification.Notification;
import java.util.List;

/**
 * What is sent with one call.
 *
 * @param hints hints that were given for it, as many or more
 */
record HintBatch(List<Notification> notifications, int hints) {}
