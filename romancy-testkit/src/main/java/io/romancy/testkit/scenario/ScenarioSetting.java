package io.romancy.testkit.scenario;

import io.romancy.spi.ListenNotify;
import java.util.Map;

/**
 * On what a scenario runs.
 *
 * @param url the database; it need not be empty, because scenarios use names and ids of their own
 * @param properties what belongs to one storage only
 * @param listenNotify whether workers use notifications, if the storage has some
 * @param keepsWaitingThreads whether a workflow that waits keeps its thread; if not, every wait ends in a replay
 */
public record ScenarioSetting(
        String url, Map<String, String> properties, ListenNotify listenNotify, boolean keepsWaitingThreads) {
    public ScenarioSetting {
        properties = Map.copyOf(properties);
    }
}
