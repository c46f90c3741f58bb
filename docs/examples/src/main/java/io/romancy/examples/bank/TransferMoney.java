package io.romancy.examples.bank;

import io.romancy.api.Durable;
import io.romancy.api.Workflow;
import io.romancy.api.WorkflowContext;

/** Takes first and gives then; if nobody can be given to, what was taken is given back. */
@Workflow("transfer_money")
public class TransferMoney implements Durable<Transfer, String> {
    private final Bank bank;

    TransferMoney(Bank bank) {
        this.bank = bank;
    }

    @Override
    public String run(WorkflowContext ctx, Transfer transfer) {
        bank.take(transfer.from(), transfer.cents());
        bank.give(transfer.to(), transfer.cents());
        return "done";
    }
}
