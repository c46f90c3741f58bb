package io.romancy.testkit.memory;

import io.romancy.spi.InstanceStore;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceQuery;
import io.romancy.spi.model.Outcome;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

final class MemoryInstances implements InstanceStore {
    private static final int MAX_OUTCOMES = 1000;

    private final Session session;

    MemoryInstances(Session session) {
        this.session = session;
    }

    @Override
    public Optional<InstanceInfo> find(String id) {
        return session.alone(tables -> Optional.ofNullable(tables.runs.byId(id)).map(RunRow::info));
    }

    @Override
    public List<InstanceInfo> list(InstanceQuery query) {
        return session.alone(tables -> tables.runs.before(query.beforeRun()).stream()
                .filter(run -> matches(query, run))
                .limit(query.limit())
                .map(RunRow::info)
                .toList());
    }

    private static boolean matches(InstanceQuery query, RunRow run) {
        return (query.workflow() == null
                        || query.workflow().equals(run.start.route().workflow()))
                && (query.statuses().isEmpty() || query.statuses().contains(run.status))
                && (query.endedAfter() == null || (run.endedAt != null && !run.endedAt.isBefore(query.endedAfter())));
    }

    @Override
    public List<Outcome> outcomes(Collection<String> ids) {
        if (ids.size() > MAX_OUTCOMES) {
            throw new IllegalArgumentException("outcomes of at most " + MAX_OUTCOMES + " ids, not " + ids.size());
        }
        return session.alone(tables -> ids.stream()
                .distinct()
                .map(tables.runs::byId)
                .filter(Objects::nonNull)
                .map(RunRow::outcome)
                .toList());
    }

    @Override
    public Optional<Payload> input(String id) {
        return session.alone(tables -> Optional.ofNullable(tables.runs.byId(id)).map(run -> run.start.input()));
    }

    @Override
    public Set<Route> activeRoutes() {
        return session.alone(tables -> tables.runs.routesWithDue());
    }
}
