package io.romancy.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectNestedClass;

import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.testkit.fault.ForwardingStorage;
import io.romancy.testkit.memory.MemoryStorageProvider;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/** The suite against storages that are wrong in one way: it must say so, in the sentence that the way breaks. */
class ContractCatchesTest {
    private static final AtomicLong COUNTER = new AtomicLong();

    /** What the suite below opens; the engine of the inner run makes the instances, so there is no other way to tell it. */
    private static UnaryOperator<Storage> broken = UnaryOperator.identity();

    @AfterEach
    void mend() {
        broken = UnaryOperator.identity();
    }

    static class Suite extends StorageContractSuite {
        @Override
        protected StorageUnderTest open() {
            return new BrokenUnderTest("romancy:memory:broken-" + COUNTER.incrementAndGet(), broken);
        }
    }

    @Test
    void theWrappingItselfBreaksNothing() {
        broken = ForwardingStorage::new;

        assertThat(run(StorageContractSuite.Fences.class).failed().count()).isZero();
        assertThat(run(StorageContractSuite.Commits.class).failed().count()).isZero();
        assertThat(run(StorageContractSuite.Commits.class).succeeded().count()).isPositive();
    }

    @Test
    void aStorageThatIgnoresTheFence() {
        broken = BrokenStorages.withRuns(BrokenRuns::ignoringFences);

        assertThat(failures(StorageContractSuite.Fences.class))
                .contains(
                        "aZombieWritesNothingOnceTheRunIsTakenOver",
                        "aZombieConsumesNothingAndSubscribesNothing",
                        "whatAnotherHolderEndedCannotBeEndedOtherwise");
    }

    @Test
    void aStorageThatIgnoresWakes() {
        broken = BrokenStorages.withRuns(BrokenRuns::ignoringWakes);

        assertThat(failures(StorageContractSuite.Wakes.class))
                .contains(
                        "aMessageBetweenLookingAndSuspendingIsNotMissed", "noTransitionIsTakenBeforeEverythingIsSeen");
        assertThat(failures(StorageContractSuite.Cancel.class))
                .contains("anAcceptedCancellationIsSeenBeforeTheRunCanComplete");
    }

    @Test
    void aStorageThatDropsWhatIsStartedUnderATakenId() {
        broken = BrokenStorages.withRuns(BrokenRuns::droppingOtherStarts);

        assertThat(failures(StorageContractSuite.StartsOfRuns.class))
                .contains(
                        "anotherStartOfATakenIdIsRefusedAndNothingOfItsCommitIsWritten",
                        "ofTwoDifferentStartsInOneBatchOneIsTaken",
                        "ofManyRunsThatStartOneIdAtOnceOneDoes");
    }

    @Test
    void aStorageThatPublishesTwice() {
        broken = BrokenStorages.withRuns(BrokenRuns::publishingAgain);

        assertThat(failures(StorageContractSuite.Commits.class))
                .contains("aWholeBatchSentAgainActsOnceAndIsAnsweredAsBefore");
        assertThat(failures(StorageContractSuite.DirectMessages.class))
                .contains("aRunSendsNothingIfTheRecordOfItsStepWasThere");
    }

    @Test
    void aStorageThatDoesNotWaitForTheTransaction() {
        broken = BrokenStorages.withRuns(BrokenRuns::ignoringTransactions);

        assertThat(failures(StorageContractSuite.Transactions.class))
                .contains(
                        "whatIsStartedInsideAppearsWithTheCommit",
                        "anExceptionRollsBackAndReachesTheCallerUnchanged",
                        "whatIsBornInsideIsReadyWhateverItsOwner");
        assertThat(failures(StorageContractSuite.Order.class))
                .contains("aPublisherThatCommitsLateIsNotSkipped", "aMessageIsOnlyThereOnceItsTransactionCommits");
    }

    @Test
    void aStorageThatGivesOneRunToTwo() {
        broken = BrokenStorages.withRuns(BrokenRuns::claimingTwice);

        assertThat(failures(StorageContractSuite.Claims.class)).contains("whatIsClaimedIsNotClaimedAgain");
    }

    @Test
    void aStorageThatMixesUpItsAnswers() {
        broken = BrokenStorages.withRuns(BrokenRuns::answeringBackwards);

        assertThat(failures(StorageContractSuite.Commits.class)).contains("theAnswersStandInTheOrderOfTheBatch");
    }

    @Test
    void aStorageThatAnswersWithAnotherTimeThanItWrites() {
        broken = BrokenStorages.withRuns(BrokenRuns::mistakingTheTime);

        assertThat(failures(StorageContractSuite.Commits.class))
                .contains("whatIsAppendedIsTheHistoryAndCarriesTheTimeOfTheAnswer");
    }

    @Test
    void aStorageThatLosesTheEndOfALongHistory() {
        broken = BrokenStorages.withRuns(BrokenRuns::cuttingHistories);

        assertThat(failures(StorageContractSuite.Sizes.class)).contains("aLongHistoryComesInPagesAfterItsBeginning");
    }

    @Test
    void aStorageThatPromisesNotificationsAndHasNone() {
        broken = BrokenStorages::boasting;

        assertThat(failures(StorageContractSuite.Capabilities.class))
                .contains("aStorageThatNotifiesHasASourceAndAnotherHasNone");
    }

    @Test
    void aStorageThatTellsNobodyWhomItWoke() {
        broken = BrokenStorages::silent;

        assertThat(failures(StorageContractSuite.Wakes.class))
                .contains("aMessageOnAChannelThatARunWaitsForMakesItReady");
    }

    @Test
    void aStorageThatKeepsTheRunsOfWhoLeft() {
        broken = BrokenStorages::leavingRunsBehind;

        assertThat(failures(StorageContractSuite.Leases.class))
                .contains("whoLeavesHandsOverAtOnce", "aNodeThatLeftHoldsNothing");
        assertThat(failures(StorageContractSuite.Fences.class))
                .contains("aWorkerThatLeftIsFencedAlsoBeforeAnyoneTookOver");
    }

    @Test
    void aStorageWhoseLeasesEndWhenATestLetsTimePass() {
        broken = BrokenStorages::movingLeases;

        assertThat(failures(StorageContractSuite.Clock.class)).contains("leasesStayOnTheUnmovedClock");
    }

    private static List<String> failures(Class<?> theme) {
        return run(theme).failed().stream()
                .map(event -> event.getTestDescriptor().getSource().orElseThrow())
                .map(source -> ((MethodSource) source).getMethodName())
                .distinct()
                .toList();
    }

    private static Events run(Class<?> theme) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(selectNestedClass(List.of(Suite.class), theme))
                .execute()
                .testEvents();
    }

    private record BrokenUnderTest(String url, Storage storage, UnaryOperator<Storage> breaking)
            implements StorageUnderTest {
        BrokenUnderTest(String url, UnaryOperator<Storage> breaking) {
            this(url, breaking.apply(openMemory(url)), breaking);
        }

        private static Storage openMemory(String url) {
            return new MemoryStorageProvider().open(StorageSettings.of(url), new StorageContext("broken", "romancy_"));
        }

        @Override
        public Storage another() {
            return breaking.apply(openMemory(url));
        }

        @Override
        public void close() {
            storage.close();
        }
    }
}
