package io.romancy.examples.orders.run;

import java.nio.file.Path;

/**
 * What the command line asked for.
 *
 * @param home where everything is that this run keeps
 */
record RunSettings(int orders, long seed, int perSecond, boolean postgres, int workers, Path home, boolean fresh) {
    Path orderFile() {
        return home.resolve("orders.csv");
    }

    Path world() {
        return home.resolve("world.db");
    }

    String sqliteUrl() {
        return "jdbc:sqlite:" + home.resolve("romancy.db");
    }

    Path cluster() {
        return home.resolve("cluster");
    }
}
