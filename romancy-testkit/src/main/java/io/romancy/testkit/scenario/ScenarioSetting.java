package io.romancy.testkit.scenario;

import io.romancy.spi.ListenNotify;

/**
 * On what a scenario runs.
 *
 * @param url the database; it need not be empty, because scenarios use names and ids of their own
 * @param listenNotify whether workers use notifications, if the storage has some
 * @param keepsWaitingThreads whether a workflow that waits keeps its thread; if not, every wait ends in a replay
 */
public record ScenarioSetting(String url, ListenNotify listenNotify, boolean keepsWaitingThreads) {
    /** The same with another way of waiting. */
    ScenarioSetting keepingThreads(boolean keeps) {
        return new ScenarioSetting(url, listenNotify, keeps);
    }
}
