package io.romancy.testkit.micronaut;

import io.romancy.api.activity.Activity;
import io.romancy.api.activity.Compensate;
import io.romancy.api.error.TerminalException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Activities that are taken back, one with its result and one without. */
@Singleton
class Shop {
    final List<String> log = new CopyOnWriteArrayList<>();

    @Activity
    @Compensate("release")
    String reserve(String item) {
        log.add("reserve " + item);
        return "place 7";
    }

    void release(String item, String place) {
        log.add("release " + item + " of " + place);
    }

    @Activity
    @Compensate("untell")
    void tell(String item) {
        log.add("tell " + item);
    }

    @Activity
    void untell(String item) {
        log.add("untell " + item);
    }

    @Activity
    @Compensate("nobody")
    void pay() {
        throw new TerminalException("no money");
    }

    void nobody() {
        log.add("what did not complete is not taken back");
    }
}
