package io.romancy.benchmarks;

import java.util.List;

/** Measures one thing and says how it compares. Each has a database of its own, so that none inherits another's rows. */
interface Benchmark {
    /** What has to be there for it. */
    enum Needs {
        /** Any storage; the baseline is PostgreSQL in any case. */
        ANY_STORAGE,
        /** Romancy on PostgreSQL: for its notifications, or because two processes have to meet. */
        POSTGRES,
        /** Romancy on a PostgreSQL that counts statements, as far as there is one: counting costs time, so nobody else runs there. */
        COUNTING_POSTGRES
    }

    /** What it is called on the command line. */
    String name();

    default Needs needs() {
        return Needs.ANY_STORAGE;
    }

    /** Warms up, measures, and closes what it opened. */
    List<Figure> run(Lab lab) throws Exception;
}
