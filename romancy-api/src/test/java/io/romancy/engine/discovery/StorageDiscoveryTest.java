package io.romancy.engine.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.romancy.spi.ListenNotify;
import io.romancy.spi.StorageProvider;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import io.romancy.spi.notification.NotificationHandler;
import io.romancy.spi.outbox.OutboxPublisher;
import io.romancy.spi.outbox.OutboxRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageDiscoveryTest {
    @TempDir
    Path folder;

    @Test
    void picksTheOnlyProviderThatSupportsTheUrl() throws Exception {
        assertThat(find(Providers.One.class, Providers.Two.class)
                        .pick(StorageSettings.of("jdbc:other:x"))
                        .name())
                .isEqualTo("two");
    }

    @Test
    void picksById() throws Exception {
        assertThat(find(Providers.One.class, Providers.Two.class)
                        .pick(settings("jdbc:one:x", "one"))
                        .value())
                .isInstanceOf(Providers.One.class);
    }

    @Test
    void refusesAUrlThatNobodySupportsAndNamesWhatWasFoundAndTheWayOut() throws Exception {
        var discovery = find(Providers.One.class);

        assertRefused(
                ErrorCode.NO_STORAGE_PROVIDER,
                () -> discovery.pick(StorageSettings.of("jdbc:postgresql://ada:secret@db/app?password=secret")),
                "'jdbc:postgresql://..@db/app?..'",
                "Found: one (",
                "test-classes",
                "Add romancy-postgres");
        assertRefused(
                ErrorCode.NO_STORAGE_PROVIDER,
                () -> discovery.pick(StorageSettings.of("jdbc:sqlite:x.db")),
                "Add romancy-sqlite");
        assertRefused(
                ErrorCode.NO_STORAGE_PROVIDER,
                () -> discovery.pick(settings("jdbc:one:x", "three")),
                "'three'",
                "Found: one");
        assertRefused(
                ErrorCode.NO_STORAGE_PROVIDER, () -> find().pick(StorageSettings.of("jdbc:one:x")), "Found: none");
    }

    @Test
    void refusesToChooseAmongSeveralAndNamesThemAndTheWayOut() throws Exception {
        var discovery = find(Providers.One.class, Providers.Two.class);

        assertRefused(
                ErrorCode.SEVERAL_STORAGE_PROVIDERS,
                () -> discovery.pick(StorageSettings.of("jdbc:one:x")),
                "'jdbc:one:x'",
                "one (",
                "two (",
                "option storage");
    }

    @Test
    void keepsProvidersThatWorkBesideThoseThatAreBroken() throws Exception {
        var names = Stream.of(
                        "com.acme.Gone",
                        Providers.Throwing.class.getName(),
                        ServiceFolder.class.getName(),
                        Providers.Nameless.class.getName(),
                        Providers.Undecided.class.getName(),
                        Providers.One.class.getName())
                .toArray(String[]::new);
        try (var loader = new ServiceFolder(folder).promise(StorageProvider.class, names)) {
            var discovery = StorageDiscovery.with(loader);

            assertThat(discovery.pick(StorageSettings.of("jdbc:one:x")).name()).isEqualTo("one");
            assertThat(discovery.broken())
                    .extracting(BrokenProvider::toString)
                    .satisfiesExactly(
                            gone -> assertThat(gone).contains("com.acme.Gone", folder.toString()),
                            throwing ->
                                    assertThat(throwing).contains("Providers$Throwing", "test-classes", "no driver"),
                            noProvider -> assertThat(noProvider).contains("ServiceFolder", folder.toString()),
                            nameless -> assertThat(nameless).contains("Providers$Nameless", "no name"),
                            undecided -> assertThat(undecided).contains("undecided", "cannot say"));
            assertRefused(
                    ErrorCode.NO_STORAGE_PROVIDER,
                    () -> discovery.pick(StorageSettings.of("jdbc:x:y")),
                    "Broken: ",
                    "com.acme.Gone",
                    "no driver");
        }
    }

    @Test
    void namesTheJarFromWhichAProviderCame() throws Exception {
        try (var loader =
                JarOf.one(folder.resolve("acme-storage-1.2.jar"), StorageProvider.class, Providers.One.class)) {
            assertThat(StorageDiscovery.with(loader).found())
                    .extracting(Discovered::toString)
                    .containsExactly("one (acme-storage-1.2.jar)");
        }
    }

    @Test
    void saysInOneLineWhatWasDiscoveredAndFromWhere() throws Exception {
        try (var loader = new ServiceFolder(folder)
                .promise(StorageProvider.class, Providers.One.class.getName(), Providers.Undecided.class.getName())
                .promise(io.romancy.spi.poll.Poller.class, Providers.Prices.class.getName())) {
            var storages = StorageDiscovery.with(loader);
            var report = new DiscoveryReport(
                    storages.pick(settings("jdbc:one:x", "one")), storages, PluginDiscovery.with(loader));

            assertThat(report.line())
                    .containsSubsequence(
                            "storage=one (", "other_storages=[undecided (", "pollers=[prices (", "handlers=[]")
                    .doesNotContain("\n");
        }
    }

    @Test
    void namesWhatWasRegisteredBesideWhatWasFound() throws Exception {
        try (var loader = new ServiceFolder(folder)
                .promise(StorageProvider.class, Providers.One.class.getName())
                .promise(NotificationHandler.class, Providers.OnPrice.class.getName())) {
            var storages = StorageDiscovery.with(loader);
            var plugins = PluginDiscovery.with(loader)
                    .after(
                            List.of(new Providers.Prices(), new Providers.Sleepless()),
                            List.of(new Providers.FirstOnPrice()),
                            List.of(new Quiet()));
            var report = new DiscoveryReport(storages.pick(StorageSettings.of("jdbc:one:x")), storages, plugins);

            assertThat(report.line())
                    .containsSubsequence(
                            "pollers=[prices (",
                            "test-classes",
                            "Sleepless (",
                            "handlers=[FirstOnPrice of price",
                            "OnPrice of price",
                            "publishers=[Quiet (");
        }
    }

    /** Takes every event. */
    private static final class Quiet implements OutboxPublisher {
        @Override
        public boolean accepts(String type) {
            return true;
        }

        @Override
        public void publish(OutboxRecord event) {}
    }

    private StorageDiscovery find(Class<?>... providers) throws IOException {
        try (var loader = new ServiceFolder(folder)
                .promise(
                        StorageProvider.class,
                        Stream.of(providers).map(Class::getName).toArray(String[]::new))) {
            return StorageDiscovery.with(loader);
        }
    }

    private static StorageSettings settings(String url, @Nullable String provider) {
        return new StorageSettings(
                url, null, null, provider, true, ListenNotify.AUTO, null, Duration.ofSeconds(60), 10, Map.of());
    }

    private interface Call {
        void run() throws Exception;
    }

    private static void assertRefused(ErrorCode code, Call call, String... parts) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        RomancyException.class, e -> assertThat(e.code()).isEqualTo(code))
                .hasMessageContainingAll(parts)
                .hasMessageNotContaining("secret");
    }
}
