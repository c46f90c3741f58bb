package io.romancy.engine.notification;

import io.romancy.spi.notification.Notification;
import java.util.List;

/**
 * What is sent with one call.
 *
 * @param collapsed hints that another of this batch stands for
 */
record HintBatch(List<Notification> notifications, int collapsed) {}
