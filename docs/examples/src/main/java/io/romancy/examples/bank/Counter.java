package io.romancy.examples.bank;

import io.micronaut.transaction.annotation.Transactional;
import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import jakarta.inject.Singleton;

/** Where customers come: a service that no workflow calls. */
@Singleton
public class Counter {
    private final Accounts accounts;
    private final Romancy romancy;

    Counter(Accounts accounts, Romancy romancy) {
        this.accounts = accounts;
        this.romancy = romancy;
    }

    /** The account, the transfer that fills it and the event for others: all of them, or none. */
    @Transactional
    public void open(String owner, Transfer first) {
        accounts.save(new Account(owner, 0));
        romancy.start(TransferMoney.class, first, StartOptions.id("first-" + owner));
        romancy.outbox().add("account.opened", owner);
    }
}
