package io.romancy.testkit.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Pattern;

/** A JDBC URL whose database can be exchanged; credentials stay parameters of the URL. */
record ServerAddress(String beforeDatabase, String database, String parameters) {
    private static final Pattern URL = Pattern.compile("(jdbc:postgresql:(?://[^/?]*/)?)([^?]*)(\\?.*)?");

    private static final Pattern AUTHORITY = Pattern.compile("jdbc:postgresql://([^/:,]+)(?::(\\d+))?/");
    private static final int DEFAULT_PORT = 5432;

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

    /** The same database by another way. */
    String through(String host, int port) {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database + parameters
                + (parameters.isEmpty() ? "?" : "&") + "sslmode=disable&gssEncMode=disable";
    }

    String host() {
        return authority().host();
    }

    int port() {
        return authority().port();
    }

    private Authority authority() {
        var parts = AUTHORITY.matcher(beforeDatabase);
        if (!parts.matches()) {
            throw new IllegalArgumentException("not the address of one server: " + beforeDatabase);
        }
        return new Authority(parts.group(1), parts.group(2) == null ? DEFAULT_PORT : Integer.parseInt(parts.group(2)));
    }

    private record Authority(String host, int port) {}

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url());
    }
}
