package io.romancy.examples.plugin;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The application's own table, in the database in which Romancy lives too. Versions come from one row that every change updates, so they
 * become visible in their order: whoever has read up to 7 will never find a 6 later. Numbers of a sequence would be faster, and
 * would let a reader skip whoever commits late.
 */
final class PriceList {
    private final String url;

    PriceList(String jdbcUrl) {
        url = jdbcUrl;
    }

    void create() throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE price (sku text PRIMARY KEY, cents bigint, version bigint)");
            statement.execute("CREATE INDEX price_version ON price (version)");
            statement.execute("CREATE TABLE price_list (version bigint)");
            statement.execute("INSERT INTO price_list VALUES (0)");
        }
    }

    /** Changes one price, in the transaction of this connection. */
    static void change(Connection connection, String sku, long cents) throws SQLException {
        long version;
        try (PreparedStatement next =
                        connection.prepareStatement("UPDATE price_list SET version = version + 1 RETURNING version");
                ResultSet row = next.executeQuery()) {
            row.next();
            version = row.getLong(1);
        }
        try (PreparedStatement change = connection.prepareStatement("""
                INSERT INTO price VALUES (?, ?, ?)
                ON CONFLICT (sku) DO UPDATE SET cents = excluded.cents, version = excluded.version""")) {
            change.setString(1, sku);
            change.setLong(2, cents);
            change.setLong(3, version);
            change.executeUpdate();
        }
    }

    /** The price as it is now. */
    Optional<Price> find(String sku) throws SQLException {
        return read("SELECT sku, cents, version FROM price WHERE sku = ? LIMIT ?", sku, 1).stream()
                .findFirst();
    }

    /** What changed after this version, oldest change first. */
    List<Price> changedAfter(long version, int limit) throws SQLException {
        return read("SELECT sku, cents, version FROM price WHERE version > ? ORDER BY version LIMIT ?", version, limit);
    }

    private List<Price> read(String query, Object parameter, int limit) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement select = connection.prepareStatement(query)) {
            select.setObject(1, parameter);
            select.setInt(2, limit);
            List<Price> prices = new ArrayList<>();
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    prices.add(new Price(rows.getString(1), rows.getLong(2), rows.getLong(3)));
                }
            }
            return prices;
        }
    }
}
