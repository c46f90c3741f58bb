package io.romancy.examples.shop;

import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.util.HashMap;
import java.util.Map;

/** Starts shop and partners in this process. */
final class Servers {
    /** Lets the system choose a port. */
    static final int ANY_PORT = -1;

    private Servers() {}

    static EmbeddedServer partners(int port, String database) {
        return start("partners", port, Map.of("datasources.default.url", database));
    }

    static EmbeddedServer shop(int port, String database, EmbeddedServer partners, Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.put("datasources.default.url", database);
        all.put("partners.url", partners.getURL().toString());
        return start("shop", port, all);
    }

    private static EmbeddedServer start(String name, int port, Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.put("micronaut.server.port", port);
        return ApplicationContext.run(EmbeddedServer.class, all, name);
    }
}
