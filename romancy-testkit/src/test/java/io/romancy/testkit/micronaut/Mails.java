package io.romancy.testkit.micronaut;

import io.romancy.api.activity.Activity;
import jakarta.inject.Singleton;

/** Sends what no test should send. */
@Singleton
class Mails {
    @Activity("mail")
    String send(String text) {
        throw new IllegalStateException("a test sent a mail: " + text);
    }
}
