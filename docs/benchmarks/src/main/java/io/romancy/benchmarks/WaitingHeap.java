package io.romancy.benchmarks;

import java.util.List;

/** Heap for 10,000 workflows that wait with their threads in memory, in a process of its own. */
final class WaitingHeap implements Benchmark {
    private static final int WORKFLOWS = 10_000;
    private static final Goal GOAL = Goal.atMost(50, 10, "MB");

    @Override
    public String name() {
        return "heap";
    }

    @Override
    public List<Figure> run(Lab lab) throws Exception {
        int workflows = lab.scale().count(WORKFLOWS, 100);
        try (var child = HeapProbe.start(lab, workflows)) {
            double threads = Double.parseDouble(child.await("threads")) / workflows * WORKFLOWS;
            double used = Double.parseDouble(child.await("workflows")) / workflows * WORKFLOWS;
            return List.of(Figure.absolute(
                    "heap for 10,000 waiting workflows",
                    Numbers.megabytes(used),
                    Numbers.megabytes(threads) + " for bare virtual threads",
                    used / (1 << 20),
                    GOAL));
        }
    }
}
