package io.romancy.micronaut;

import io.romancy.spi.commit.Transaction;
import org.jspecify.annotations.Nullable;

/** The database that the engine shares with the application, or does not. Thread-safe. */
interface ApplicationDatabase {
    /** How the engine connects. */
    Login login(RomancyConfiguration options);

    /** The name of the datasource whose transactions are joined; null if none are. */
    @Nullable
    String datasource();

    /** The transaction that the application has open on the calling thread; null if there is none that could be joined. */
    @Nullable
    Transaction transaction();
}
