package io.romancy.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.util.PGobject;

/**
 * Fills the parameters of a statement in their order. Arrays go over the wire in binary.
 *
 * <p>Each has its type, also when it is null and whatever the URL says of strings: the driver asks the server for the types that it does not
 * know, and what it has asked for travels in a round trip and a transaction of its own, without the settings.
 */
final class Params {
    private final PreparedStatement statement;
    private final PGConnection connection;
    private int index;

    Params(PreparedStatement statement) throws SQLException {
        this.statement = statement;
        this.connection = statement.getConnection().unwrap(PGConnection.class);
    }

    Params number(long value) throws SQLException {
        statement.setLong(++index, value);
        return this;
    }

    Params text(@Nullable String value) throws SQLException {
        return typed("text", value);
    }

    Params blob(byte[] value) throws SQLException {
        statement.setBytes(++index, value);
        return this;
    }

    Params uuid(@Nullable UUID value) throws SQLException {
        return typed("uuid", value == null ? null : value.toString());
    }

    /** Elements may be null. */
    Params numbers(@Nullable Long[] values) throws SQLException {
        return array("int8", values);
    }

    Params numbers(int[] values) throws SQLException {
        return array("int4", values);
    }

    Params flags(boolean[] values) throws SQLException {
        return array("bool", values);
    }

    /** Elements may be null. */
    Params texts(@Nullable String[] values) throws SQLException {
        return array("text", values);
    }

    /** Elements may be null. */
    Params blobs(byte[] @Nullable [] values) throws SQLException {
        return array("bytea", values);
    }

    private Params typed(String type, @Nullable String value) throws SQLException {
        var object = new PGobject();
        object.setType(type);
        object.setValue(value);
        statement.setObject(++index, object);
        return this;
    }

    private Params array(String type, Object values) throws SQLException {
        statement.setArray(++index, connection.createArrayOf(type, values));
        return this;
    }
}
