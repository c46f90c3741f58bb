package io.romancy.testkit.micronaut;

import io.micronaut.context.annotation.Property;
import io.romancy.api.activity.Activity;
import io.romancy.api.activity.ActivityContext;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Activities of the kinds that an application has. */
@Singleton
class Greeter {
    final List<String> log = new CopyOnWriteArrayList<>();
    final AtomicInteger failures;
    private final ActivityContext activity;

    /** A worker may call it as soon as it is open, so what must fail at once is a property. */
    Greeter(ActivityContext activity, @Property(name = "greeter.failures", defaultValue = "0") int failures) {
        this.activity = activity;
        this.failures = new AtomicInteger(failures);
    }

    @Activity
    String greet(String name) {
        log.add("greet " + name + " " + activity.workflowId() + " " + activity.attempt());
        return "Hello " + name;
    }

    @Activity("spell")
    List<Letter> spell(String name) {
        log.add("spell");
        return name.chars().mapToObj(c -> new Letter(String.valueOf((char) c))).toList();
    }

    @Activity(attempts = 3, delay = "1ms")
    void flaky() throws IOException {
        log.add("flaky " + activity.attempt());
        if (failures.getAndDecrement() > 0) {
            throw new IOException("not yet");
        }
    }

    @Activity(attempts = 2, delay = "1ms", noRetryFor = IllegalStateException.class)
    int broken() {
        log.add("broken");
        throw new IllegalStateException("for good");
    }

    @Activity
    String outer() {
        log.add("outer");
        return "outer " + greet("inner");
    }

    /** What it is called by decides, not what it is. */
    String notAnActivity() {
        return "plain " + greet("self");
    }

    record Letter(String letter) {}
}
