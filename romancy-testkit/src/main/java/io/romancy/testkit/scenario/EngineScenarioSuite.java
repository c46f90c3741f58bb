package io.romancy.testkit.scenario;

import org.junit.jupiter.api.Nested;

/**
 * The scenarios of {@link ScenarioSuite} that are the same however workflows wait, because they are about what is around them: the outbox,
 * plugins, broken storages, locked rows, large numbers.
 */
public abstract class EngineScenarioSuite extends ScenarioDatabase {
    @Override
    final boolean keepsWaitingThreads() {
        return true;
    }

    @Nested
    class Outbox extends OutboxScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class OutboxFailures extends OutboxFailureScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class OutboxAgain extends OutboxAgainScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Plugins extends PluginScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Defects extends DefectScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Contention extends ContentionScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Volume extends VolumeScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }
}
