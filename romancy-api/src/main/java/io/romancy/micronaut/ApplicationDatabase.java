package io.romancy.micronaut;

import io.romancy.engine.Surroundings;
import org.jspecify.annotations.Nullable;

/** The database that the engine shares with the application, or does not. Thread-safe. */
interface ApplicationDatabase extends Surroundings {
    /** How the engine connects. */
    Login login(RomancyConfiguration options);

    /** The name of the datasource whose transactions are joined; null if none are. */
    @Nullable
    String datasource();
}
