package io.romancy.benchmarks;

import io.romancy.api.Romancy;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** A fresh process that says what its heap holds with many workflows waiting in it, and with as many bare threads. */
final class HeapProbe {
    private static final int CALLERS = 64;
    /** Frames of code that is not compiled yet take several times the room of others, so this many times as many go first. */
    private static final int WARM = 4;

    private HeapProbe() {}

    public static void main(String[] arguments) throws Exception {
        int workflows = Integer.parseInt(arguments[2]);
        for (int i = 0; i < WARM; i++) {
            ofThreads(workflows);
        }
        System.out.println("threads " + ofThreads(workflows));
        var engine = Lab.engine(arguments[0], Duration.parse(arguments[1])).maxParkedWorkflows((1 + WARM) * workflows);
        try (var romancy = Waiting.open(engine, id -> {}, id -> {})) {
            wait(romancy, WARM * workflows);
            long before = usedHeap();
            wait(romancy, workflows);
            System.out.println("workflows " + (usedHeap() - before));
            ChildProcess.awaitParent();
        }
    }

    /** Starts this many more, and returns when all of them wait. */
    private static void wait(Romancy romancy, int workflows) throws Exception {
        int target = romancy.status().parked() + workflows;
        Load.times(workflows, CALLERS, n -> Waiting.By.SEND.start(romancy));
        while (romancy.status().parked() < target || romancy.status().running() > 0) {
            Pause.aMoment();
        }
    }

    private static long ofThreads(int count) throws InterruptedException {
        var release = new CountDownLatch(1);
        long before = usedHeap();
        var started = new CountDownLatch(count);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                started.countDown();
                try {
                    release.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
        }
        started.await();
        long used = usedHeap() - before;
        release.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        return used;
    }

    /** Collected several times, because references of some kinds need more than one turn. */
    private static long usedHeap() {
        var memory = ManagementFactory.getMemoryMXBean();
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            System.gc();
            Pause.of(Duration.ofMillis(50));
            least = Math.min(least, memory.getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    static ChildProcess start(Lab lab, int workflows) throws IOException {
        return ChildProcess.start(
                HeapProbe.class, lab.url(), lab.scale().lease().toString(), Integer.toString(workflows));
    }
}
