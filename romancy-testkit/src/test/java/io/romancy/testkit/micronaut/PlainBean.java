package io.romancy.testkit.micronaut;

import io.romancy.api.activity.Activity;
import jakarta.inject.Singleton;

/** A bean that needs nothing of Romancy. */
@Singleton
class PlainBean {
    @Activity
    int twice(int number) {
        return 2 * number;
    }
}
