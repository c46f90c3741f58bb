package io.romancy.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.ClaimRequest;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageCapability;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageProvider;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.commit.Commit;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.error.StorageException;
import io.romancy.spi.model.NewInstance;
import io.romancy.spi.model.NodeId;
import io.romancy.spi.model.Payload;
import io.romancy.spi.model.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MemoryDatabaseTest {
    private static final Route ROUTE = new Route("order", 1);

    private final String name = "database-test-" + UUID.randomUUID();
    private final MemoryStorageProvider provider = new MemoryStorageProvider();

    @Test
    void isFoundByItsUrl() {
        var found = ServiceLoader.load(StorageProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(candidate -> candidate.supports(StorageSettings.of("romancy:memory:x")))
                .toList();

        assertThat(found).hasExactlyElementsOfTypes(MemoryStorageProvider.class);
        assertThat(provider.id()).isEqualTo("memory");
        assertThat(provider.supports(StorageSettings.of("jdbc:sqlite::memory:")))
                .isFalse();
    }

    @Test
    void oneNameIsOneDatabaseAndAnotherNameIsAnother() {
        try (var one = open(url());
                var two = open(url() + "?notify=true");
                var other = open(url() + "-other")) {
            start(one, "id");

            assertThat(two.instances().find("id")).isPresent();
            assertThat(other.instances().find("id")).isEmpty();
        }
    }

    @Test
    void aDatabaseIsForgottenWithItsLastStorage() {
        try (var last = open(url())) {
            var first = open(url());
            start(first, "id");
            first.close();
            first.close();
            assertThat(last.instances().find("id")).isPresent();
        }

        try (var later = open(url())) {
            assertThat(later.instances().find("id")).isEmpty();
        }
    }

    @Test
    void aDatabaseThatATestCreatedOutlivesItsEngines() {
        try (var database = MemoryDatabase.create(name, InstantSource.system())) {
            try (var engine = open(database.url())) {
                start(engine, "id");
            }
            try (var restarted = open(database.url())) {
                assertThat(restarted.instances().find("id")).isPresent();
            }
        }
        try (var later = open(url())) {
            assertThat(later.instances().find("id")).isEmpty();
        }
    }

    @Test
    void aNameIsCreatedOnce() {
        try (var database = MemoryDatabase.create(name, InstantSource.system())) {
            assertThat(database.url()).isEqualTo(url());
            assertThatThrownBy(() -> MemoryDatabase.create(name, InstantSource.system()))
                    .isInstanceOfSatisfying(
                            RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DUPLICATE_NAME))
                    .hasMessageContaining(name);
        }
    }

    @Test
    void timersAndLeasesGoByTheClockThatItWasGiven() {
        var start = Instant.parse("2025-01-15T10:30:00Z");
        var seconds = new AtomicLong();
        try (var database = MemoryDatabase.create(name, () -> start.plusSeconds(seconds.get()));
                var storage = open(database.url())) {
            start(storage, "id");
            var node = new NodeId(new UUID(0, 1));
            storage.nodes().join(node, "worker", Duration.ofSeconds(15));
            var batch = storage.runs().claim(new ClaimRequest(node, List.of(ROUTE), 1));
            assertThat(batch.now()).isEqualTo(start);
            assertThat(batch.runs()).hasSize(1);

            seconds.set(14);
            assertThat(storage.nodes().reap(10).runs()).isZero();
            seconds.set(15);
            assertThat(storage.nodes().reap(10).runs()).isEqualTo(1);
            assertThat(storage.nodes().renew(node, Duration.ofSeconds(15)).held())
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "romancy:memory:",
                "romancy:memory:?notify=true",
                "romancy:memory:x?notify",
                "romancy:memory:x?a=b"
            })
    void aUrlThatSaysNothingUsefulIsRefused(String url) {
        assertThatThrownBy(() -> open(url))
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_OPTION))
                .hasMessageContaining(url);
    }

    @Test
    void notificationsAreThereIfTheUrlSaysSoAndTheSettingsDoNotForbidThem() {
        try (var with = open(url() + "?notify=true");
                var without = open(url() + "?notify=false");
                var forbidden = provider.open(
                        settings(url() + "?notify=true", ListenNotify.FALSE), new StorageContext("test", "romancy_"))) {
            assertThat(with.capabilities()).contains(StorageCapability.NOTIFICATIONS);
            assertThat(with.notificationSource()).isPresent();
            assertThat(without.notificationSource()).isEmpty();
            assertThat(forbidden.capabilities()).doesNotContain(StorageCapability.NOTIFICATIONS);
            assertThat(forbidden.notificationSource()).isEmpty();
        }
    }

    @Test
    void ofTwoTransactionsThatStartOneIdDifferentlyTheLaterIsRolledBackAndMayTryAgain() throws Exception {
        try (var storage = open(url())) {
            var loser = new NewInstance("id", ROUTE, payload(), "another input", null);

            assertThatThrownBy(() -> storage.inTransaction(transaction -> {
                        storage.runs().commit(transaction, List.of(new Commit.Start(loser)));
                        start(storage, "id");
                        return loser;
                    }))
                    .isInstanceOfSatisfying(StorageException.class, e -> {
                        assertThat(e.code()).isEqualTo(ErrorCode.STORAGE_BUSY);
                        assertThat(e.isTransient()).isTrue();
                    });
            assertThat(storage.instances().find("id")).isPresent();
        }
    }

    @Test
    void ofTwoTransactionsThatStartOneIdAlikeBothCommitAndItStartsOnce() throws Exception {
        try (var storage = open(url())) {
            storage.inTransaction(transaction -> {
                var answers = storage.runs()
                        .commit(
                                transaction,
                                List.of(new Commit.Start(new NewInstance("id", ROUTE, payload(), "hash", null))));
                start(storage, "id");
                return answers;
            });

            assertThat(storage.instances().outcomes(List.of("id"))).hasSize(1);
        }
    }

    private String url() {
        return "romancy:memory:" + name;
    }

    private Storage open(String url) {
        return provider.open(settings(url, ListenNotify.AUTO), new StorageContext("test", "romancy_"));
    }

    private static StorageSettings settings(String url, ListenNotify notify) {
        return new StorageSettings(url, null, null, null, true, notify, null, Duration.ofSeconds(1), 1, Map.of());
    }

    private static void start(Storage storage, String id) {
        storage.runs().commit(List.of(new Commit.Start(new NewInstance(id, ROUTE, payload(), "hash", null))));
    }

    private static Payload payload() {
        return new Payload("text", new byte[0]);
    }
}
