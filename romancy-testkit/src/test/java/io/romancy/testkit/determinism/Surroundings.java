package io.romancy.testkit.determinism;

import io.romancy.api.activity.Activity;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.UUID;

/** What workflows of the tests call: some of it harmless, some not. */
final class Surroundings {
    private Surroundings() {}

    /** A class that a workflow trusts. */
    static class Prices {
        int of(String item) {
            return item.length() + surcharge();
        }

        int surcharge() {
            return 0;
        }

        synchronized int locked() {
            return 1;
        }
    }

    /** Called as {@link Prices}. */
    static final class MoodyPrices extends Prices {
        @Override
        int surcharge() {
            return (int) (Math.random() * 10);
        }
    }

    /** Its activity may do all of it. */
    @Singleton
    static class Shop {
        @Activity
        String reserve(String item) {
            return UUID.randomUUID() + item + Clock.systemUTC().millis();
        }

        int stock(Connection connection) throws SQLException {
            try (var rows = connection.createStatement().executeQuery("SELECT 1")) {
                return rows.next() ? rows.getInt(1) : 0;
            }
        }
    }
}
