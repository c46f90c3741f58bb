package io.romancy.testkit.contract;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Threads that do something at the same moment, and how a test waits for what they bring about. */
final class Crowd {
    private static final Duration PAUSE = Duration.ofMillis(5);

    private Crowd() {}

    /** What one of them does. */
    @FunctionalInterface
    interface Member<T> {
        T act(int number) throws Exception;
    }

    /** Lets this many threads begin together and returns what they brought, in the order of their numbers; fails with the first failure. */
    static <T> List<T> together(int members, Member<T> member) throws Exception {
        CountDownLatch ready = new CountDownLatch(members);
        List<Callable<T>> tasks = new ArrayList<>();
        for (int i = 0; i < members; i++) {
            int number = i;
            tasks.add(() -> {
                ready.countDown();
                ready.await();
                return member.act(number);
            });
        }
        List<T> results = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(members);
        try {
            List<Future<T>> futures = tasks.stream().map(threads::submit).toList();
            for (Future<T> future : futures) {
                results.add(future.get(StorageContract.DEADLINE.toMillis(), TimeUnit.MILLISECONDS));
            }
        } catch (ExecutionException e) {
            throw new AssertionError("one of " + members + " threads failed", e.getCause());
        } finally {
            threads.shutdownNow();
        }
        return results;
    }

    /** Asks again until it is so; fails at the deadline. */
    static void await(String what, BooleanSupplier condition) {
        long end = System.nanoTime() + StorageContract.DEADLINE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("not within " + StorageContract.DEADLINE + ": " + what);
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }
}
