package io.romancy.postgres.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.romancy.spi.error.StorageException;
import io.romancy.spi.notification.Notification;
import io.romancy.testkit.postgres.PostgresDatabase;
import io.romancy.testkit.postgres.PostgresServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A connection on which something failed is never used again, and never forgotten open. */
class SenderTest {
    private static final List<Notification> ONE = List.of(new Notification("one", "1"));
    private static final List<Notification> TWO = List.of(ONE.getFirst(), new Notification("two", "2"));

    private PostgresDatabase database;
    private HookedDataSource source;
    private Sender sender;

    @BeforeEach
    void open() {
        database = PostgresServer.shared().createDatabase();
        source = new HookedDataSource(database.url());
        sender = new Sender(source, Duration.ofSeconds(10));
    }

    @AfterEach
    void release() {
        sender.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"setAutoCommit", "setNetworkTimeout"})
    void aConnectionThatCannotBeSetUpIsClosed(String step) throws Exception {
        source.hook(method -> {
            if (method.equals(step)) {
                throw new SQLException("cannot " + step, "08006");
            }
        });

        assertThatExceptionOfType(StorageException.class).isThrownBy(() -> sender.send(ONE));

        assertThat(source.opened()).isNotEmpty();
        for (Connection connection : source.opened()) {
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepareStatement", "createArrayOf"})
    void anErrorInTheMiddleOfASendDropsItsConnection(String step) throws Exception {
        sender.send(TWO);
        source.hook(method -> {
            if (method.equals(step)) {
                throw new OutOfMemoryError("as in " + step);
            }
        });
        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> sender.send(TWO));
        assertThat(source.opened().getFirst().isClosed()).isTrue();

        source.hook(method -> {});
        sender.send(TWO);

        assertThat(source.opened()).hasSize(2);
        assertThat(source.opened().getLast().isClosed()).isFalse();
    }

    @Test
    void anErrorOnTheSecondTryDropsThatConnectionToo() throws Exception {
        sender.send(ONE);
        source.hook(method -> {
            if (method.equals("prepareStatement")) {
                if (source.opened().size() == 1) {
                    throw new SQLException("found dead", "08006");
                }
                throw new OutOfMemoryError("as on the second try");
            }
        });

        assertThatExceptionOfType(OutOfMemoryError.class).isThrownBy(() -> sender.send(ONE));

        assertThat(source.opened()).hasSize(2);
        assertThat(source.opened().getLast().isClosed()).isTrue();
    }
}
