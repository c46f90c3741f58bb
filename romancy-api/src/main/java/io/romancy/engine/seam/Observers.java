package io.romancy.engine.seam;

import io.romancy.engine.seam.Observed.Inside;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Several observers as one. One that throws is logged, sees that operation no further, and harms nobody. */
public final class Observers implements Observer {
    private static final Logger LOG = LoggerFactory.getLogger(Observers.class);

    private final List<Observer> all;

    private Observers(List<Observer> all) {
        this.all = List.copyOf(all);
    }

    public static Observer of(List<? extends Observer> observers) {
        return observers.isEmpty() ? NONE : new Observers(List.copyOf(observers));
    }

    @Override
    public Observed begin(Operation what, Map<String, String> cause, List<Map<String, String>> links) {
        List<Observed> begun = new ArrayList<>(all.size());
        for (Observer observer : all) {
            Observed observed = guarded(() -> observer.begin(what, cause, links), Observed.NOTHING);
            if (!observed.equals(Observed.NOTHING)) {
                begun.add(observed);
            }
        }
        return begun.isEmpty() ? Observed.NOTHING : new Several(begun);
    }

    private record Several(List<Observed> all) implements Observed {
        @Override
        public Map<String, String> carried() {
            Map<String, String> carried = new LinkedHashMap<>();
            all.forEach(observed -> carried.putAll(guarded(observed::carried, Map.of())));
            return carried;
        }

        @Override
        public Inside enter() {
            Deque<Inside> entered = new ArrayDeque<>(all.size());
            all.forEach(observed -> entered.push(guarded(observed::enter, Inside.NOWHERE)));
            return () -> entered.forEach(inside -> guarded(inside::close));
        }

        @Override
        public void end(String outcome, @Nullable Throwable failure) {
            all.forEach(observed -> guarded(() -> observed.end(outcome, failure)));
        }
    }

    private static void guarded(Runnable call) {
        guarded(
                () -> {
                    call.run();
                    return true;
                },
                false);
    }

    private static <T> T guarded(Supplier<T> call, T otherwise) {
        try {
            return call.get();
        } catch (RuntimeException | LinkageError e) {
            LOG.warn("An observer failed, and what it should have seen goes on without it", e);
            return otherwise;
        }
    }
}
