package io.romancy.sqlite;

import io.romancy.spi.InstanceStore;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceQuery;
import io.romancy.spi.model.Outcome;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

final class SqliteInstances implements InstanceStore {
    private static final int MAX_OUTCOMES = 1000;

    private final Readers readers;

    SqliteInstances(Readers readers) {
        this.readers = readers;
    }

    @Override
    public Optional<InstanceInfo> find(String id) {
        return readers.find((tables, moment) -> tables.lists.find(id));
    }

    @Override
    public List<InstanceInfo> list(InstanceQuery query) {
        return readers.read((tables, moment) -> tables.lists.list(query));
    }

    @Override
    public List<Outcome> outcomes(Collection<String> ids) {
        if (ids.size() > MAX_OUTCOMES) {
            throw new IllegalArgumentException("outcomes of at most " + MAX_OUTCOMES + " ids, not " + ids.size());
        }
        return readers.read((tables, moment) -> tables.lists.outcomes(ids));
    }

    @Override
    public Optional<Payload> input(String id) {
        return readers.find((tables, moment) -> tables.lists.input(id));
    }

    @Override
    public Set<Route> activeRoutes() {
        return readers.read((tables, moment) -> tables.lists.activeRoutes());
    }
}
