package io.romancy.micronaut;

import io.romancy.api.RomancyBuilder;
import org.jspecify.annotations.Nullable;

/** Where the engine's own connections go, and who logs in; null for the engine's default. Printing it shows no secret. */
record Login(
        @Nullable String url,
        @Nullable String user,
        @Nullable String password) {
    void into(RomancyBuilder builder) {
        if (url != null) {
            builder.database(url);
        }
        if (user != null) {
            builder.user(user);
        }
        if (password != null) {
            builder.password(password);
        }
    }

    @Override
    public String toString() {
        return "Login[..]";
    }
}
