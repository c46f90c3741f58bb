package io.romancy.testkit.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** A JDBC URL whose database can be exchanged; credentials stay parameters of the URL. */
record ServerAddress(String beforeDatabase, String database, String parameters) {
    private static final Pattern URL = Pattern.compile("(jdbc:postgresql:(?://[^/?]*/)?)([^?]*)(\\?.*)?");

    static ServerAddress parse(String jdbcUrl) {
        var parts = URL.matcher(jdbcUrl);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not a PostgreSQL JDBC URL: " + jdbcUrl.replaceFirst("\\?.*", "?.."));
        }
        String parameters = parts.group(3);
        return new ServerAddress(parts.group(1), parts.group(2), parameters == null ? "" : parameters);
    }

    ServerAddress of(String otherDatabase) {
        return new ServerAddress(beforeDatabase, otherDatabase, parameters);
    }

    String url() {
        return beforeDatabase + database + parameters;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }
}
