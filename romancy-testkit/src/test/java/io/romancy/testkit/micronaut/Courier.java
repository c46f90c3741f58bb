package io.romancy.testkit.micronaut;

import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.api.activity.Activity;
import io.romancy.api.activity.Compensate;
import jakarta.inject.Singleton;

/** Takes back what it did by starting another workflow. */
@Singleton
class Courier {
    private final Romancy romancy;

    Courier(Romancy romancy) {
        this.romancy = romancy;
    }

    @Activity
    @Compensate("fetch")
    void bring(String parcel) {}

    @Activity
    void fetch(String parcel) {
        romancy.start(Greeting.class, parcel, StartOptions.id("fetch-" + parcel));
    }

    @Activity
    @Compensate("fetchByHand")
    void bringByHand(String parcel) {}

    void fetchByHand(String parcel) {
        romancy.start(Greeting.class, parcel, StartOptions.id("fetch-" + parcel));
    }
}
