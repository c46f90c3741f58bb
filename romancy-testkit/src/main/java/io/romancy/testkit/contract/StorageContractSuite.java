package io.romancy.testkit.contract;

import org.junit.jupiter.api.Nested;

/**
 * The whole contract for one storage: extend it, say how to open the storage, and every theme runs as a nested class.
 *
 * <pre>{@code
 * class SqliteStorageTest extends StorageContractSuite {
 *     @TempDir static Path folder;
 *
 *     @Override
 *     protected StorageUnderTest open() {
 *         return new SqliteUnderTest(folder.resolve("contract.db"));
 *     }
 * }
 * }</pre>
 */
public abstract class StorageContractSuite {
    /** Opens the storage for one test; called before each. */
    protected abstract StorageUnderTest open() throws Exception;

    @Nested
    class Start extends StartContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class StartsOfRuns extends ChildStartContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Claims extends ClaimContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Commits extends CommitContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Advice extends AdviceContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Transitions extends TransitionContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Fences extends FenceContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Wakes extends WakeContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Broadcast extends BroadcastContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Competing extends CompetingContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class DirectMessages extends DirectMessageContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Order extends OrderContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Cancel extends CancelContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Retry extends RetryContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class RetryMail extends RetryMailContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Leases extends LeaseContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Clock extends ClockContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Transactions extends TransactionContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class JoinedSteps extends JoinedStepContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Outbox extends OutboxContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class OutboxSetAside extends OutboxSetAsideContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class OutboxLanes extends OutboxLaneContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Queries extends QueryContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class ShortWay extends ShortWayContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Sizes extends SizeContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class HostileInput extends HostileInputContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Purge extends PurgeContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Capabilities extends CapabilityContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }

    @Nested
    class Concurrency extends ConcurrencyContract {
        @Override
        protected StorageUnderTest open() throws Exception {
            return StorageContractSuite.this.open();
        }
    }
}
