package io.romancy.benchmarks;

import java.util.List;

/**
 * Heap for 10,000 workflows that wait with their threads in memory, in a process of its own. Several such processes, because what a stack
 * takes depends on when which of its methods was compiled, and into which.
 */
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
        var threads = new Series();
        var waiting = new Series();
        for (int i = 0; i < lab.scale().repeats(); i++) {
            try (var child = HeapProbe.start(lab, workflows)) {
                threads.add(Double.parseDouble(child.await("threads")) / workflows * WORKFLOWS);
                waiting.add(Double.parseDouble(child.await("workflows")) / workflows * WORKFLOWS);
            }
        }
        return List.of(Figure.absolute(
                "heap for 10,000 waiting workflows",
                waiting.text(Numbers::megabytes),
                Numbers.megabytes(threads.median()) + " for bare virtual threads",
                waiting.median() / (1 << 20),
                GOAL));
    }
}
