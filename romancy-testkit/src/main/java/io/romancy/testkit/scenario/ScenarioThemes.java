package io.romancy.testkit.scenario;

import org.junit.jupiter.api.Nested;

/** Every theme, for one way of waiting. */
abstract class ScenarioThemes {
    /** The database for one test. */
    abstract ScenarioSetting open() throws Exception;

    @Nested
    class Workflows extends WorkflowScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class Costs extends CostScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class Replays extends ReplayScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class ResultTypes extends ResultTypesScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class ChangedCode extends ChangedCodeScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class Sagas extends SagaScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class Compensations extends CompensationScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class CancelledSagas extends SagaCancelScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class SagasUnderway extends SagaUnderwayScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class Mailboxes extends MailboxScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class Topics extends TopicScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class Timers extends TimerScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class Retries extends RetryScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class Cancellations extends CancelScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class Transactions extends TransactionScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class Fleets extends FleetScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class Leases extends LeaseScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class Shutdowns extends ShutdownScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class Failures extends FailureScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class Notifications extends NotificationScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class ThreeWays extends ThreeWayScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }

    @Nested
    class Carries extends CarryScenario {
        @Override
        protected ScenarioSetting open() throws Exception {
            return ScenarioThemes.this.open();
        }
    }
}
