package io.romancy.examples.bank;

import io.micronaut.transaction.annotation.Transactional;
import io.romancy.api.Romancy;
import io.romancy.api.activity.Activity;
import io.romancy.api.activity.Compensate;
import io.romancy.api.error.TerminalException;
import jakarta.inject.Singleton;

/** Moves money. Each activity, its rows, its event and its record in the workflow's history are one transaction. */
@Singleton
class Bank {
    private final Accounts accounts;
    private final Romancy romancy;

    Bank(Accounts accounts, Romancy romancy) {
        this.accounts = accounts;
        this.romancy = romancy;
    }

    @Activity
    @Transactional
    @Compensate("giveBack")
    void take(String owner, long cents) {
        if (accounts.move(owner, -cents) == 0) {
            throw new TerminalException(owner + " has no " + cents + " cents");
        }
        romancy.outbox().add("account.charged", owner);
    }

    @Activity
    @Transactional
    void giveBack(String owner, long cents) {
        accounts.move(owner, cents);
    }

    @Activity
    @Transactional
    void give(String owner, long cents) {
        if (accounts.move(owner, cents) == 0) {
            throw new TerminalException("nobody is called " + owner);
        }
    }
}
