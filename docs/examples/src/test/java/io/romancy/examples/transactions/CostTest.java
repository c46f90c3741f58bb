package io.romancy.examples.transactions;

import static org.assertj.core.api.Assertions.assertThat;

import io.romancy.testkit.fault.StorageCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a transaction of the application costs more with Romancy in it. */
class CostTest extends TransactionCase {
    @Test
    void aTransactionalActivityIsItsOwnStatementsAndOneMore() {
        App app = app();
        result(call(app, "one", "warm"));
        app.wire().takeStatements();

        result(call(app, "one", "a"));

        List<String> statements = app.wire().takeStatements();
        assertThat(statements.stream().filter(sql -> sql.contains("entry"))).hasSize(1);
        if (kind == Database.Kind.POSTGRES) {
            assertThat(statements).hasSize(2);
        }
    }

    @Test
    void onTheEnginesOwnConnectionsItCostsNothing() {
        App app = app();
        result(call(app, "one", "warm"));
        int before = app.faults().calls(StorageCall.COMMIT);
        result(call(app, "one", "a"));
        int withOne = app.faults().calls(StorageCall.COMMIT) - before;
        result(call(app, "ten", "b"));
        int withTen = app.faults().calls(StorageCall.COMMIT) - before - withOne;

        assertThat(withTen).isEqualTo(withOne);
        assertThat(database.entries("b")).isEqualTo(10);
    }

    @Test
    void anActivityThatAsksForNoTransactionHoldsNoConnection() {
        App app = app(Map.of("datasources.default.maximum-pool-size", 1));
        result(call(app, "one", "warm"));
        app.bean(Probes.class).next("outside", () -> {
            assertThat(app.wire().open()).isZero();
            app.bean(Desk.class).one("by somebody else");
        });

        assertThat(result(call(app, "outside", "a"))).isEqualTo("a");

        assertThat(app.wire().open()).isZero();
        assertThat(app.wire().most()).isEqualTo(1);
        assertThat(database.entries("by somebody else")).isEqualTo(1);
    }
}
