package io.romancy.testkit.scenario;

import org.junit.jupiter.api.Nested;

/** Every theme that depends on how workflows wait, as a nested class. */
abstract class ScenarioThemes extends ScenarioDatabase {
    @Nested
    class Workflows extends WorkflowScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class ChildStarts extends ChildStartScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Costs extends CostScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Replays extends ReplayScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class ResultTypes extends ResultTypesScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class ChangedCode extends ChangedCodeScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Sagas extends SagaScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Compensations extends CompensationScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class CancelledSagas extends SagaCancelScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class SagasUnderway extends SagaUnderwayScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Mailboxes extends MailboxScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Topics extends TopicScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Timers extends TimerScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Retries extends RetryScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Cancellations extends CancelScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Transactions extends TransactionScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class JoinedSteps extends JoinedStepScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Fleets extends FleetScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Leases extends LeaseScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Shutdowns extends ShutdownScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Failures extends FailureScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Notifications extends NotificationScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class ThreeWays extends ThreeWayScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }

    @Nested
    class Carries extends CarryScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return nextSetting();
        }
    }
}
