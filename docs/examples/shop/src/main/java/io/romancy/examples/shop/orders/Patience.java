package io.romancy.examples.shop.orders;

import io.micronaut.context.annotation.ConfigurationProperties;
import java.time.Duration;

/**
 * How long customers are waited for.
 *
 * @param giveUpAfter how long after the reminder
 */
@ConfigurationProperties("shop")
record Patience(Duration remindAfter, Duration giveUpAfter) {}
