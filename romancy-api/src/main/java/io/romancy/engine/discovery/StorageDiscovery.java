package io.romancy.engine.discovery;

import io.romancy.spi.StorageProvider;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.error.ErrorCode;
import io.romancy.spi.error.RomancyException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The storages on the class path, and which of them is for a database. */
public final class StorageDiscovery {
    private final List<Discovered<StorageProvider>> found;
    private final List<BrokenProvider> broken;

    private StorageDiscovery(Services<StorageProvider> services) {
        this.found = services.found();
        this.broken = new ArrayList<>(services.broken());
    }

    /** Finds what this loader sees. Makes providers, which opens nothing. */
    public static StorageDiscovery with(ClassLoader loader) {
        return new StorageDiscovery(Services.load(StorageProvider.class, loader, StorageProvider::id));
    }

    /**
     * The provider for a database: the one that the settings name, else the only one that supports the URL. Refused with
     * {@code NO_STORAGE_PROVIDER} or {@code SEVERAL_STORAGE_PROVIDERS}, naming what was found and where.
     */
    public Discovered<StorageProvider> pick(StorageSettings settings) {
        List<Discovered<StorageProvider>> fitting =
                found.stream().filter(provider -> fits(provider, settings)).toList();
        return switch (fitting.size()) {
            case 0 -> throw none(settings);
            case 1 -> fitting.getFirst();
            default -> throw several(settings, fitting);
        };
    }

    /** All that work, in the order of the class path. */
    public List<Discovered<StorageProvider>> found() {
        return found;
    }

    /** Those that do not. */
    public List<BrokenProvider> broken() {
        return List.copyOf(broken);
    }

    private boolean fits(Discovered<StorageProvider> provider, StorageSettings settings) {
        if (settings.provider() != null) {
            return provider.name().equals(settings.provider());
        }
        try {
            return provider.value().supports(settings);
        } catch (RuntimeException | LinkageError e) {
            broken.add(new BrokenProvider(StorageProvider.class, provider.toString(), e));
            return false;
        }
    }

    private RomancyException none(StorageSettings settings) {
        String found = listed();
        String broken = this.broken.isEmpty()
                ? ""
                : " Broken: "
                        + this.broken.stream().map(BrokenProvider::toString).collect(Collectors.joining("; ")) + ".";
        String asked = settings.provider() == null
                ? "No storage provider supports '" + settings.maskedUrl() + "'."
                : "No storage provider has the id '" + settings.provider() + "', asked for by the option storage for '"
                        + settings.maskedUrl() + "'.";
        return new RomancyException(
                ErrorCode.NO_STORAGE_PROVIDER,
                asked + " Found: " + found + "." + broken + " " + remedy(settings),
                firstCause());
    }

    private RomancyException several(StorageSettings settings, List<Discovered<StorageProvider>> fitting) {
        String way = settings.provider() == null
                ? "Set the option storage to the id of one of them, or remove the others from the class path."
                : "They share the id '" + settings.provider() + "': remove all but one from the class path.";
        return new RomancyException(
                ErrorCode.SEVERAL_STORAGE_PROVIDERS,
                "Several storage providers are for '" + settings.maskedUrl() + "': " + joined(fitting) + ". " + way);
    }

    private String remedy(StorageSettings settings) {
        String url = settings.url();
        if (settings.provider() != null && !found.isEmpty()) {
            return "Set storage to an id that was found, or leave it out to pick by URL.";
        }
        String module = url.startsWith("jdbc:postgresql:")
                ? "romancy-postgres"
                : url.startsWith("jdbc:sqlite:") ? "romancy-sqlite" : "the storage module of this database";
        return "Add " + module + " to the class path, or set the option storage or database.";
    }

    private String listed() {
        return found.isEmpty() ? "none" : joined(found);
    }

    private @Nullable Throwable firstCause() {
        return broken.isEmpty() ? null : broken.getFirst().cause();
    }

    private static String joined(List<Discovered<StorageProvider>> providers) {
        return providers.stream().map(Discovered::toString).collect(Collectors.joining(", "));
    }
}
