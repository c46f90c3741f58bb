package io.romancy.testkit.micronaut;

import io.romancy.api.activity.Activity;
import io.romancy.api.activity.Compensate;
import io.romancy.api.error.TerminalException;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Books journeys, and gives back what it booked. */
@Singleton
class Agency {
    final List<String> log = new CopyOnWriteArrayList<>();
    final Set<String> broken = ConcurrentHashMap.newKeySet();
    volatile @Nullable Runnable whileTheTrainGoesBack;

    record Room(String hotel, int number) {}

    private void log(String what) {
        log.add(what);
        if (broken.contains(what)) {
            throw new TerminalException("broken: " + what);
        }
    }

    @Activity
    @Compensate("leave")
    Room hotel(String city, List<Integer> nights) {
        log("hotel " + city + " " + nights);
        return new Room("Ritz " + city, 7);
    }

    void leave(String city, List<Integer> nights, Room room) {
        log("leave " + room.hotel() + " " + room.number() + " " + city + " " + nights);
    }

    @Activity
    @Compensate("returnTicket")
    void train(String city) {
        log("train " + city);
    }

    @Activity
    void returnTicket(String city) {
        log("return " + city);
        Runnable meanwhile = whileTheTrainGoesBack;
        if (meanwhile != null) {
            meanwhile.run();
        }
    }

    /** What an activity calls on its own bean is part of its body. */
    @Activity
    @Compensate("forget")
    String guide(String city) {
        train(city + " by guide");
        return "Mr " + city;
    }

    @Activity
    void forget(String city) {
        log("forget " + city);
    }

    @Activity
    void museum(String city) {
        log("museum " + city);
    }
}
