package io.romancy.testkit.micronaut;

import io.romancy.api.activity.Activity;
import io.romancy.api.activity.Compensate;
import jakarta.inject.Singleton;

/** Moves what no test should move. */
@Singleton
class Payments {
    @Activity("charge")
    @Compensate("refund")
    public String charge(String customer) {
        throw new IllegalStateException("a test charged " + customer);
    }

    @Activity("refund")
    public void refund(String customer) {
        throw new IllegalStateException("a test gave money back to " + customer);
    }
}
