package io.romancy.examples.bank;

import static io.romancy.testkit.Moment.COMMIT;
import static java.time.Duration.ofMinutes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.annotation.Property;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import io.micronaut.transaction.TransactionOperations;
import io.romancy.testkit.RomancyTest;
import io.romancy.testkit.TestRomancy;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@MicronautTest(transactional = false)
@RomancyTest(storage = "postgres")
@Property(name = "romancy.datasource", value = "default")
class BankTest {
    @Inject
    TestRomancy romancy;

    @Inject
    Accounts accounts;

    @Inject
    Counter counter;

    @BeforeEach
    void openAccounts(TransactionOperations<Connection> transactions) {
        transactions.executeWrite(status -> {
            try (var statement = status.getConnection().createStatement()) {
                return statement.execute(
                        "CREATE TABLE IF NOT EXISTS account (owner varchar(50) PRIMARY KEY, cents bigint NOT NULL)");
            }
        });
        accounts.deleteAll();
        accounts.save(new Account("Ada", 100));
        accounts.save(new Account("Bob", 0));
    }

    private long cents(String owner) {
        return accounts.findById(owner).map(Account::cents).orElse(-1L);
    }

    @Test
    void moneyGoesFromOneToTheOther() {
        var transfer = romancy.start(TransferMoney.class, new Transfer("Ada", "Bob", 30));

        assertThat(transfer.result(ofMinutes(1))).isEqualTo("done");
        assertThat(cents("Ada")).isEqualTo(70);
        assertThat(cents("Bob")).isEqualTo(30);
    }

    @Test
    void whatNobodyCanBeGivenGoesBack() {
        var transfer = romancy.start(TransferMoney.class, new Transfer("Ada", "nobody", 30));

        assertThatThrownBy(() -> transfer.result(ofMinutes(1))).hasStackTraceContaining("nobody is called nobody");
        assertThat(cents("Ada")).isEqualTo(100);
    }

    @Test
    void aStubStandsInForAnActivity() {
        var give = romancy.stub("Bank.give")
                .fails(new IOException("the other bank is closed"))
                .times(2);

        var transfer = romancy.start(TransferMoney.class, new Transfer("Ada", "Bob", 30));
        romancy.time().skip(ofMinutes(1));

        assertThat(transfer.result(ofMinutes(1))).isEqualTo("done");
        assertThat(give.calls()).isEqualTo(3);
    }

    @Test
    void aWorkerThatDiesBeforeTheRecordHasTakenNothing() {
        var crash = romancy.workers().killBefore(COMMIT).of("Bank.take");

        var transfer = romancy.start(TransferMoney.class, new Transfer("Ada", "Bob", 30));
        int dead = crash.await(ofMinutes(1));
        romancy.workers().add();
        romancy.workers().endLease(dead);

        var handle = romancy.handle(transfer.id(), TransferMoney.class);
        assertThat(handle.result(ofMinutes(1))).isEqualTo("done");
        assertThat(cents("Ada")).isEqualTo(70);
    }

    @Test
    void anAccountIsOpenedWithItsFirstTransferOrNotAtAll() {
        assertThatThrownBy(() -> counter.open("Bob", new Transfer("Ada", "Bob", 10)))
                .as("there is a Bob already")
                .isNotNull();
        assertThatThrownBy(() -> romancy.handle("first-Bob").info()).hasMessageContaining("first-Bob");

        counter.open("Eve", new Transfer("Ada", "Eve", 10));

        romancy.time().settle();
        assertThat(cents("Eve")).isEqualTo(10);
    }
}
