package io.romancy.spi;

import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceQuery;
import io.romancy.spi.model.Outcome;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What can be asked without a claim. Reads what is committed. */
public interface InstanceStore {
    Optional<InstanceInfo> find(String id);

    /** One page, newest start first. */
    List<InstanceInfo> list(InstanceQuery query);

    /** How these instances stand, in one round trip; ids that do not exist are left out. At most 1,000 ids. */
    List<Outcome> outcomes(Collection<String> ids);

    /** What an instance was started with. */
    Optional<Payload> input(String id);

    /** The routes of instances that are ready or have a timer; bounded, for finding those that nobody serves. */
    Set<Route> activeRoutes();
}
