package io.romancy.testkit.fault;

import java.util.function.Supplier;

/** Leads calls to the storage past the rules. */
record RuledCalls(CallRules rules) implements Calls {
    @Override
    public <T> T ask(StorageCall call, Supplier<T> inner) {
        rules.before(call);
        T answer = inner.get();
        rules.after(call);
        return answer;
    }
}
