package io.romancy.examples.transactions;

import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;

/** What a test lets happen inside activities, by their order, and which were called. */
@Singleton
class Probes {
    /** What happens inside; what it throws is thrown by the activity. */
    @FunctionalInterface
    interface Probe {
        void run() throws Exception;
    }

    private final Map<String, ConcurrentLinkedDeque<Probe>> probes = new ConcurrentHashMap<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    /** For the next call that nothing was said for yet. */
    void next(String activity, Probe probe) {
        probes.computeIfAbsent(activity, name -> new ConcurrentLinkedDeque<>()).add(probe);
    }

    void called(String activity) {
        calls.add(activity);
        var queue = probes.get(activity);
        Probe probe = queue == null ? null : queue.poll();
        if (probe != null) {
            try {
                probe.run();
            } catch (RuntimeException e) {
                throw e;
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }

    List<String> calls() {
        return List.copyOf(calls);
    }

    long calls(String activity) {
        return calls.stream().filter(activity::equals).count();
    }
}
