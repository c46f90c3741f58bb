package io.romancy.benchmarks;

import io.romancy.benchmarks.Waiting.By;
import java.util.List;

/** All of them, in the order of the table. */
final class Benchmarks {
    private Benchmarks() {}

    static List<Benchmark> all() {
        return List.of(
                new OneStepThroughput(64, Goal.atLeast(0.4, 1.0)),
                new OneStepThroughput(1_000, Goal.atLeast(1.5, 4)),
                new StepThroughput(),
                new StatementsPerWorkflow(64),
                new StatementsPerWorkflow(1_000),
                new WritersWithHints(),
                new StatementsPerHint(),
                new SameProcessLatency(By.SEND),
                new SameProcessLatency(By.PUBLISH),
                new OtherProcessLatency(By.SEND),
                new OtherProcessLatency(By.PUBLISH),
                new OutboxThroughput(),
                new OutboxLatency(),
                new EngineStart(),
                new TimerLateness(),
                new TakeOver(),
                new IdleStatements(),
                new LongHistory(),
                new WaitingHeap());
    }
}
