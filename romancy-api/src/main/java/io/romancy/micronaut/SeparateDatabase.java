package io.romancy.micronaut;

import io.romancy.spi.commit.Transaction;
import org.jspecify.annotations.Nullable;

/** A database of the engine's own: nothing of the application is joined. */
record SeparateDatabase() implements ApplicationDatabase {
    @Override
    public Login login(RomancyConfiguration options) {
        return new Login(options.database(), options.user(), options.password());
    }

    @Override
    public @Nullable String datasource() {
        return null;
    }

    @Override
    public @Nullable Transaction transaction() {
        return null;
    }
}
