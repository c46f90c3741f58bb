package io.romancy.testkit.thirdparty;

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
import java.util.stream.Collectors;

final class SlateInstances implements InstanceStore {
    private static final int MOST = 1000;

    private final SlateStorage storage;

    SlateInstances(SlateStorage storage) {
        this.storage = storage;
    }

    @Override
    public Optional<InstanceInfo> find(String id) {
        return Optional.ofNullable(storage.read().run(id)).map(Run::info);
    }

    @Override
    public List<InstanceInfo> list(InstanceQuery query) {
        return storage.read().runs.headMap(query.beforeRun(), false).descendingMap().values().stream()
                .map(Run::info)
                .filter(run -> fits(query, run))
                .limit(query.limit())
                .toList();
    }

    private static boolean fits(InstanceQuery query, InstanceInfo run) {
        return (query.workflow() == null || query.workflow().equals(run.route().workflow()))
                && (query.statuses().isEmpty() || query.statuses().contains(run.status()))
                && (query.endedAfter() == null
                        || (run.endedAt() != null && !run.endedAt().isBefore(query.endedAfter())));
    }

    @Override
    public List<Outcome> outcomes(Collection<String> ids) {
        if (ids.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " ids, not " + ids.size());
        }
        Content content = storage.read();
        return ids.stream()
                .distinct()
                .map(content::run)
                .filter(Objects::nonNull)
                .map(run -> new Outcome(run.start.id(), run.status, run.outcome))
                .toList();
    }

    @Override
    public Optional<Payload> input(String id) {
        return Optional.ofNullable(storage.read().run(id)).map(run -> run.start.input());
    }

    @Override
    public Set<Route> activeRoutes() {
        return storage.read().runs.values().stream()
                .filter(run -> run.dueAt != null)
                .map(run -> run.start.route())
                .distinct()
                .limit(MOST)
                .collect(Collectors.toUnmodifiableSet());
    }
}
