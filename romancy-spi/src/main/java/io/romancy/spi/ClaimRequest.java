package io.romancy.spi;

import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Route;
import java.util.List;

/**
 * Who claims what.
 *
 * @param node whose claims they become; a node without a living lease gets none
 * @param routes which workflows, in the order in which they are served; the caller rotates them, so that none starves
 * @param limit the most runs to claim, at least 1
 * @param histories whether histories should come along. If not, the runs wait here with all they need, as a rule, and a storage may leave
 *     out the history of a run that has one: it is then read page by page, if it is needed
 */
public record ClaimRequest(NodeId node, List<Route> routes, int limit, boolean histories) {
    /** One with histories. */
    public ClaimRequest(NodeId node, List<Route> routes, int limit) {
        this(node, routes, limit, true);
    }

    public ClaimRequest {
        routes = List.copyOf(routes);
        if (limit < 1) {
            throw new IllegalArgumentException("a claim is for at least 1 run, not " + limit);
        }
    }
}
