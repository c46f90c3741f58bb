package io.romancy.testkit.scenario;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Where the body of a step stands still until the test lets it go on. Thread-safe. */
public final class Gate {
    private final Semaphore arrived = new Semaphore(0);
    private final CountDownLatch open = new CountDownLatch(1);

    /** One that is closed. */
    public Gate() {}

    /** For the body: says that it is here, and waits. */
    public void pass() throws InterruptedException {
        arrived.release();
        if (!open.await(Scenario.DEADLINE.toSeconds() * 2, TimeUnit.SECONDS)) {
            throw new AssertionError("nobody opened the gate");
        }
    }

    /** The same for a body that does not listen to interrupts. */
    public void passDeaf() {
        boolean passed = false;
        while (!passed) {
            try {
                pass();
                passed = true;
            } catch (InterruptedException e) {
                // deaf on purpose: goes on waiting, with the interrupt gone
                passed = false;
            }
        }
    }

    /** For the test: waits until one more body has arrived. */
    public void awaitArrival() throws InterruptedException {
        awaitArrivals(1);
    }

    /** For the test: waits until so many more bodies have arrived. */
    public void awaitArrivals(int bodies) throws InterruptedException {
        if (!arrived.tryAcquire(bodies, Scenario.DEADLINE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("fewer than " + bodies + " bodies arrived within " + Scenario.DEADLINE);
        }
    }

    /** For the test: lets everybody pass, from now on. */
    public void open() {
        open.countDown();
    }
}
