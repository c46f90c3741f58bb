package io.romancy.testkit.memory;

import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** Which databases there are in this process, and how many use each: its creator and every open storage. */
final class DatabaseNames {
    static final DatabaseNames SHARED = new DatabaseNames();

    private final Map<String, Entry> entries = new HashMap<>();

    private DatabaseNames() {}

    synchronized void add(MemoryDatabase database) {
        if (entries.putIfAbsent(database.name(), new Entry(database)) != null) {
            throw new RomancyException(
                    ErrorCode.DUPLICATE_NAME,
                    "Memory database '" + database.name() + "' cannot be created: the name is in use in this process. "
                            + "Close the other one, or use another name.");
        }
    }

    /** The database of this name, made if there is none. */
    synchronized MemoryDatabase acquire(String name) {
        Entry entry = entries.computeIfAbsent(name, n -> new Entry(new MemoryDatabase(n, InstantSource.system()), 0));
        entry.users++;
        return entry.database;
    }

    synchronized void release(MemoryDatabase database) {
        Entry entry = entries.get(database.name());
        if (entry != null && entry.database == database && --entry.users == 0) {
            entries.remove(database.name());
        }
    }

    private static final class Entry {
        private final MemoryDatabase database;
        private int users;

        private Entry(MemoryDatabase database) {
            this(database, 1);
        }

        private Entry(MemoryDatabase database, int users) {
            this.database = database;
            this.users = users;
        }
    }
}
