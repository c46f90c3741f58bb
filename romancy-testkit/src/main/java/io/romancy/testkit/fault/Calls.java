package io.romancy.testkit.fault;

import java.util.function.Supplier;

/** Leads calls to the storage past the rules. */
record Calls(CallRules rules) {
    <T> T ask(StorageCall call, Supplier<T> inner) {
        rules.before(call);
        T answer = inner.get();
        rules.after(call);
        return answer;
    }

    void tell(StorageCall call, Runnable inner) {
        rules.before(call);
        inner.run();
        rules.after(call);
    }
}
