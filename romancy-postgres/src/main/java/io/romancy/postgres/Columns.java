package io.romancy.postgres;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows on their way into a statement, column by column: what {@code unnest} takes apart again. */
final class Columns {
    private final Type[] types;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    /** What a column holds. */
    enum Type {
        /** {@code bigint}. */
        LONG,
        /** {@code integer}, never null. */
        INT,
        /** {@code boolean}, never null. */
        FLAG,
        /** {@code text}. */
        TEXT,
        /** {@code bytea}. */
        BLOB
    }

    Columns(Type... types) {
        this.types = types;
    }

    void add(@Nullable Object... row) {
        if (row.length != types.length) {
            throw new IllegalArgumentException(row.length + " values for " + types.length + " columns");
        }
        rows.add(row);
    }

    int size() {
        return rows.size();
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    @Nullable
    Object get(int row, int column) {
        return rows.get(row)[column];
    }

    /** Hands each column over as one array, in order. */
    void bind(Params params) throws SQLException {
        for (int column = 0; column < types.length; column++) {
            bind(params, column);
        }
    }

    private void bind(Params params, int column) throws SQLException {
        int size = rows.size();
        switch (types[column]) {
            case LONG -> {
                var values = new @Nullable Long[size];
                for (int i = 0; i < size; i++) {
                    values[i] = (Long) get(i, column);
                }
                params.numbers(values);
            }
            case INT -> {
                var values = new int[size];
                for (int i = 0; i < size; i++) {
                    values[i] = (Integer) present(i, column);
                }
                params.numbers(values);
            }
            case FLAG -> {
                var values = new boolean[size];
                for (int i = 0; i < size; i++) {
                    values[i] = (Boolean) present(i, column);
                }
                params.flags(values);
            }
            case TEXT -> {
                var values = new @Nullable String[size];
                for (int i = 0; i < size; i++) {
                    values[i] = (String) get(i, column);
                }
                params.texts(values);
            }
            case BLOB -> {
                var values = new byte[size] @Nullable [];
                for (int i = 0; i < size; i++) {
                    values[i] = (byte[]) get(i, column);
                }
                params.blobs(values);
            }
        }
    }

    private Object present(int row, int column) {
        Object value = get(row, column);
        if (value == null) {
            throw new IllegalArgumentException("no value in column " + column);
        }
        return value;
    }
}
