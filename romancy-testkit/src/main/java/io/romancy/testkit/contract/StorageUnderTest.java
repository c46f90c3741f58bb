package io.romancy.testkit.contract;

import io.romancy.spi.Storage;

/**
 * A database to be held to the contract. It need not be empty: tests use ids, routes and channels of their own, so one database may serve
 * a whole class. The two tests that look at everything say so.
 */
public interface StorageUnderTest extends AutoCloseable {
    /** A storage on the database, opened for this test; the same at each call. */
    Storage storage();

    /** Opens one more storage on the same database, as another worker would. The test closes it. */
    Storage another();

    /** Closes the storage. Later tests may find the database as it was left. */
    @Override
    void close();
}
