package io.romancy.examples.transactions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.api.Romancy;
import io.romancy.api.StartOptions;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import org.junit.jupiter.api.Test;

/** Services that call Romancy inside their transactions: seen with the commit, or never. */
class JoinedServiceTest extends TransactionCase {
    @Test
    void whatAServiceStartsSendsAndAddsIsSeenWithItsCommit() {
        App app = app();
        listen(app, "a");
        app.bean(Probes.class).next("everything", () -> JoinedActivityTest.elsewhere(() -> assertNothingIsSeen("a")));

        app.bean(Desk.class).everything("a");

        assertThat(database.entries("a")).isEqualTo(1);
        assertEverythingHappened(app, "a");
    }

    @Test
    void afterARollbackThereWasNothing() {
        App app = app();
        listen(app, "a");
        app.bean(Probes.class).next("everything", () -> {
            throw new IllegalStateException("the service failed");
        });

        assertThatThrownBy(() -> app.bean(Desk.class).everything("a")).hasMessage("the service failed");

        assertNothingIsSeen("a");
        app.bean(Desk.class).everything("a");
        assertEverythingHappened(app, "a");
    }

    @Test
    void aSavepointThatIsRolledBackTakesItsStartsAlong() {
        App app = app();
        app.bean(Probes.class)
                .next(
                        "nested",
                        () -> JoinedActivityTest.elsewhere(
                                () -> assertThat(database.storage().instances().find("a-kept"))
                                        .as("not before the outer commit")
                                        .isEmpty()));

        app.bean(Desk.class).nested("a");

        assertThat(database.storage().instances().find("a-failed")).isEmpty();
        assertThat(result(app.romancy().handle("a-kept", Flows.Child.class))).isEqualTo("a-kept");
        assertThat(database.entries("a%")).isEqualTo(2);
    }

    @Test
    void aTransactionInsideAnotherIsJoinedForItself() {
        if (kind == Database.Kind.SQLITE) {
            return; // one writer: a second transaction inside the first would wait for it
        }
        App app = app();

        app.bean(Desk.class).apart("a");

        assertThat(result(app.romancy().handle("a-apart", Flows.Child.class))).isEqualTo("a-apart");
        assertThat(database.storage().instances().find("a-lost")).isEmpty();
        assertThat(database.entries("a%")).isEqualTo(1);
    }

    @Test
    void aTransactionOfAnotherDatasourceIsNobodysToJoin() {
        try (Database other = Database.create(kind)) {
            App app = app(other.datasource("other"));

            assertThatThrownBy(() -> app.bean(Archive.class).startAndFail("a")).hasMessage("the archive is full");

            assertThat(result(app.romancy().handle("a", Flows.Child.class))).isEqualTo("a");
            assertThat(database.entries("a")).isEqualTo(1);
        }
    }

    @Test
    void aReadOnlyTransactionReadsAndIsRefusedAsAPlaceToStart() {
        App app = app();
        app.bean(Probes.class)
                .next(
                        "readOnly",
                        () -> assertThatThrownBy(
                                        () -> app.romancy().start(Flows.Child.class, "x", StartOptions.id("x")))
                                .isInstanceOfSatisfying(RomancyException.class, refused -> {
                                    assertThat(refused.code()).isEqualTo(ErrorCode.WRONG_PLACE);
                                    assertThat(refused).hasMessageContaining("read-only");
                                }));

        assertThat(app.bean(Desk.class).readOnly("a")).isZero();

        assertThat(app.bean(Probes.class).calls("readOnly")).isEqualTo(1);
        assertThat(database.storage().instances().find("x")).isEmpty();
        app.bean(Desk.class).one("a");
        assertThat(database.entries("a")).as("its connection writes again").isEqualTo(1);
    }

    @Test
    void workAfterTheCommitHurtsNobody() throws Exception {
        App app = app();

        assertThat(app.bean(Desk.class).afterCommit("a")).isEqualTo("committed");

        assertThat(database.entries("a")).isEqualTo(1);
        assertThat(app.bean(Probes.class).calls()).containsExactly("first after", "last after");
    }

    @Test
    void outsideATransactionAnEventIsRefusedAndAStartIsItsOwn() {
        App app = app();
        Romancy romancy = app.romancy();

        assertThatThrownBy(() -> romancy.outbox().add("entry.written", "a"))
                .isInstanceOfSatisfying(
                        RomancyException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.NO_TRANSACTION));
        assertThat(result(romancy.start(Flows.Child.class, "a"))).isEqualTo("a");
    }
}
