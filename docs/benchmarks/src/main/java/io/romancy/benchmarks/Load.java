package io.romancy.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Callers that call again and again, each as soon as its last call was answered. */
final class Load {
    /** What a caller does. */
    @FunctionalInterface
    interface Call {
        void make(int caller) throws Exception;
    }

    /**
     * @param calls all that were answered
     * @param perSecond those that were answered before the time was over; if none was, all of them in the time that they took
     */
    record Answered(long calls, double perSecond) {}

    private Load() {}

    /** Calls for this long, each caller once in any case, and waits for what was under way then. */
    static Answered during(Duration time, int callers, Call call) throws Exception {
        long begin = System.nanoTime();
        long end = begin + time.toNanos();
        List<Callable<long[]>> loops = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            int caller = i;
            loops.add(() -> {
                long all = 0;
                long inTime = 0;
                do {
                    call.make(caller);
                    all++;
                    inTime += System.nanoTime() < end ? 1 : 0;
                } while (System.nanoTime() < end);
                return new long[] {all, inTime};
            });
        }
        long all = 0;
        long inTime = 0;
        for (long[] one : together(loops)) {
            all += one[0];
            inTime += one[1];
        }
        long taken = System.nanoTime() - begin;
        return new Answered(all, inTime > 0 ? inTime / (time.toNanos() / 1e9) : all / (taken / 1e9));
    }

    /** Makes this many calls, shared among callers, and returns how many seconds that took. */
    static double times(int calls, int callers, Call call) throws Exception {
        List<Callable<Void>> loops = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            int caller = i;
            loops.add(() -> {
                for (int n = caller; n < calls; n += callers) {
                    call.make(n);
                }
                return null;
            });
        }
        long begin = System.nanoTime();
        together(loops);
        return (System.nanoTime() - begin) / 1e9;
    }

    private static <T> List<T> together(List<Callable<T>> loops) throws Exception {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<T> results = new ArrayList<>();
            for (Future<T> loop : threads.invokeAll(loops)) {
                results.add(loop.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}
