package io.romancy.testkit;

import io.romancy.spi.commit.Change;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.notification.Notification;
import io.romancy.testkit.fault.Faults;
import io.romancy.testkit.fault.SendWatch;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** The crash points of a test, and where they are looked for. */
final class Crashes {
    private final List<Crash> armed = new CopyOnWriteArrayList<>();

    private final Map<Integer, Crash> struck = new ConcurrentHashMap<>();

    Crash arm(Crash crash) {
        armed.add(crash);
        return crash;
    }

    void clear() {
        armed.clear();
        struck.clear();
    }

    /** Kills the worker if it came alive to one of its points, and first; returns whether. */
    private boolean meet(int worker, Faults faults, Moment moment, boolean before, Predicate<Crash> fits) {
        for (Crash crash : armed) {
            if (crash.isAt(moment, before) && fits.test(crash) && faults.isAlive() && crash.claim()) {
                faults.kill();
                struck.put(worker, crash);
                crash.strikes(worker);
                return true;
            }
        }
        return false;
    }

    /** How a dead worker died, after its name. */
    String deathOf(int worker) {
        Crash crash = struck.get(worker);
        return crash == null ? " was killed" : " died " + crash;
    }

    boolean atStep(int worker, Faults faults, boolean before, String name) {
        return !armed.isEmpty() && meet(worker, faults, Moment.STEP, before, crash -> crash.isOf(name));
    }

    SendWatch watch(int worker, Faults faults) {
        return new SendWatch() {
            @Override
            public void committing(List<Commit> batch) {
                commit(batch, true);
            }

            @Override
            public void committed(List<Commit> batch) {
                commit(batch, false);
            }

            private void commit(List<Commit> batch, boolean before) {
                if (!armed.isEmpty()) {
                    meet(
                            worker,
                            faults,
                            Moment.COMMIT,
                            before,
                            crash -> batch.stream().anyMatch(commit -> writes(commit, crash)));
                }
            }

            @Override
            public void notifying(List<Notification> notifications) {
                ring(notifications, true);
            }

            @Override
            public void notified(List<Notification> notifications) {
                ring(notifications, false);
            }

            private void ring(List<Notification> notifications, boolean before) {
                if (!armed.isEmpty()) {
                    meet(
                            worker,
                            faults,
                            Moment.NOTIFY,
                            before,
                            crash -> notifications.stream()
                                    .anyMatch(notification -> crash.isOfChannel(notification.channel())));
                }
            }
        };
    }

    private static boolean writes(Commit commit, Crash crash) {
        return commit instanceof Commit.OfRun run
                && run.changes().stream()
                        .anyMatch(change -> change instanceof Change.Append append
                                && !append.step().isOpen()
                                && crash.isOf(append.step().name()));
    }
}
