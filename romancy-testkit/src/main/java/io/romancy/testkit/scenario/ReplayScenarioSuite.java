package io.romancy.testkit.scenario;

/** The scenarios of {@link ScenarioSuite} in which workflows wait, with a replay after every wait, as after the death of a worker. */
public abstract class ReplayScenarioSuite extends ScenarioThemes {
    @Override
    final boolean keepsWaitingThreads() {
        return false;
    }
}
