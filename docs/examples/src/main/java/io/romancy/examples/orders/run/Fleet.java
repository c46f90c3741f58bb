package io.romancy.examples.orders.run;

/** The worker processes of a run. */
interface Fleet {
    /** All work is done in this process. */
    Fleet NONE = new Fleet() {
        @Override
        public void check() {}

        @Override
        public int restarts() {
            return 0;
        }

        @Override
        public String summary() {
            return "";
        }
    };

    /** Starts those again that have died; fails if they cannot live at all. */
    void check();

    /** How many were started again. */
    int restarts();

    /** For the line of progress; empty if there is nothing to say. */
    String summary();
}
