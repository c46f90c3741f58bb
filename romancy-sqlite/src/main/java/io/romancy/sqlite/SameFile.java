package io.romancy.sqlite;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Finds out whether another connection has opened the file of this storage. */
final class SameFile {
    private SameFile() {}

    static boolean isOpen(Path file, Connection connection) throws SQLException {
        if (!connection.getMetaData().getDatabaseProductName().equals("SQLite")) {
            return false;
        }
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT file FROM pragma_database_list WHERE name = 'main'")) {
            String opened = row.next() ? row.getString(1) : null;
            // In memory there is no file.
            return opened != null && !opened.isEmpty() && Files.isSameFile(file, Path.of(opened));
        } catch (IOException e) {
            throw new UncheckedIOException("The file of the datasource cannot be compared with " + file, e);
        }
    }
}
