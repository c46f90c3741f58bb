package io.romancy.examples.orders.run;

import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Whether somebody asked this process to stop: with Ctrl-C, with {@code kill}, or by ending the process that started it. */
final class Stop {
    private static final int PATIENCE_SECONDS = 30;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Optional<ProcessHandle> parent;
    private volatile boolean signalled;

    private Stop(Optional<ProcessHandle> parent) {
        this.parent = parent;
    }

    /** Listens for signals from now on; also looks after the parent process if it is asked to. */
    static Stop onSignal(boolean withParent) {
        var stop = new Stop(withParent ? ProcessHandle.current().parent() : Optional.empty());
        Runtime.getRuntime().addShutdownHook(new Thread(stop::signalled, "orders-stop"));
        return stop;
    }

    boolean isAsked() {
        return signalled || parent.filter(process -> !process.isAlive()).isPresent();
    }

    /** Everything is closed: the JVM may end. */
    void done() {
        done.countDown();
    }

    /** The JVM ends when its hooks return, so this one waits until the main thread has handed over and closed. */
    private void signalled() {
        signalled = true;
        try {
            if (!done.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                System.err.println("Not everything was closed in " + PATIENCE_SECONDS + " s; nothing is lost by that.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
