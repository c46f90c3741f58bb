package io.romancy.testkit.fault;

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

/** Questions behind faults. */
record FaultyInstances(InstanceStore inner, Calls calls) implements InstanceStore {
    @Override
    public Optional<InstanceInfo> find(String id) {
        return calls.ask(StorageCall.ASK, () -> inner.find(id));
    }

    @Override
    public List<InstanceInfo> list(InstanceQuery query) {
        return calls.ask(StorageCall.ASK, () -> inner.list(query));
    }

    @Override
    public List<Outcome> outcomes(Collection<String> ids) {
        return calls.ask(StorageCall.ASK, () -> inner.outcomes(ids));
    }

    @Override
    public Optional<Payload> input(String id) {
        return calls.ask(StorageCall.ASK, () -> inner.input(id));
    }

    @Override
    public Set<Route> activeRoutes() {
        return calls.ask(StorageCall.ASK, inner::activeRoutes);
    }
}
