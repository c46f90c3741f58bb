package io.romancy.examples.features;

import static java.time.Duration.ofMillis;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesTest {
    @TempDir
    private Path dir;

    @Test
    void aStepIsTriedAgainUntilItAnswers() {
        assertThat(StepsAndRetries.run(database(), "Lisbon")).isEqualTo("sunny in Lisbon, said at attempt 3");
    }

    @Test
    void aTerminalFailureIsNotTriedAgainAndKeepsItsType() {
        assertThat(StepsAndRetries.run(database(), "Atlantis"))
                .startsWith("no forecast: ")
                .endsWith("there is no Atlantis");
    }

    @Test
    void messagesAreReceivedInOrderAndOnceForEachKey() {
        assertThat(Messages.run(database())).containsExactly("5 apples", "1 bread", "nothing more");
    }

    @Test
    void aNapIsNotShorterThanItWasMeantToBe() {
        assertThat(Timers.run(database(), ofMillis(300))).isGreaterThanOrEqualTo(ofMillis(300));
    }

    @Test
    void aValueBehindAnInterfaceComesBackAsWhatItWas() {
        assertThat(SealedTypes.run(database(), SealedTypes.basket()))
                .containsExactly("2 vase", "a voucher of 20.00", "for 2025-12-24");
    }

    @Test
    void eachJobReachesOneClerkAndTheNewsReachesAll() {
        assertThat(Topics.run(database())).containsExactly("job 1, tea is ready", "job 2, tea is ready");
    }

    @Test
    void aCancelledWorkflowEndsWithTheFirstReason() {
        assertThat(Cancel.run(database())).isEqualTo("moved to the mountains, asked: true, asked again: false");
    }

    @Test
    void aSagaThatArrivesUndoesNothing() {
        assertThat(Saga.run(database(), "Lisbon")).containsExactly("seat 17, Hotel Lisbon");
    }

    @Test
    void aSagaThatFailsUndoesWhatItDidNewestFirst() {
        assertThat(Saga.run(database(), "Atlantis"))
                .containsExactly("the guest is told", "seat 17 released", "no hotel is above water, undoing: DONE");
    }

    private String database() {
        return "jdbc:sqlite:" + dir.resolve("features.db");
    }
}
