package io.romancy.engine.discovery;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;

/**
 * What ServiceLoader finds of one service, each provider for itself: one that cannot be loaded, made or named keeps no other from work.
 */
record Services<T>(List<Discovered<T>> found, List<BrokenProvider> broken) {
    /** A class path with more broken providers than this has another problem; also ends a loader that fails for ever. */
    private static final int MAX_BROKEN = 50;

    static <T> Services<T> load(Class<T> service, ClassLoader loader, Function<T, String> name) {
        List<Discovered<T>> found = new ArrayList<>();
        List<BrokenProvider> broken = new ArrayList<>();
        Iterator<ServiceLoader.Provider<T>> providers =
                ServiceLoader.load(service, loader).stream().iterator();
        boolean more = true;
        while (more && broken.size() < MAX_BROKEN) {
            try {
                more = providers.hasNext();
                if (more) {
                    add(service, providers.next(), name, found, broken);
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                broken.add(new BrokenProvider(service, promise(service, e, loader), e));
            }
        }
        return new Services<>(List.copyOf(found), List.copyOf(broken));
    }

    private static <T> void add(
            Class<T> service,
            ServiceLoader.Provider<T> provider,
            Function<T, String> name,
            List<Discovered<T>> found,
            List<BrokenProvider> broken) {
        String origin = Origin.of(provider.type());
        try {
            T value = provider.get();
            String called = name.apply(value);
            if (called == null || called.isBlank()) {
                throw new IllegalStateException("it has no name");
            }
            found.add(new Discovered<>(value, called, origin));
        } catch (RuntimeException | Error e) { // code of a plugin: whatever is thrown is its own trouble
            broken.add(new BrokenProvider(service, provider.type().getName() + " (" + origin + ")", rootOf(e)));
        }
    }

    private static String promise(Class<?> service, Throwable error, ClassLoader loader) {
        String message = String.valueOf(error.getMessage());
        Set<String> origins = Origin.ofPromise(service, message, loader);
        return service.getSimpleName() + (origins.isEmpty() ? "" : " promised by " + String.join(", ", origins));
    }

    private static Throwable rootOf(Throwable error) {
        return error instanceof ServiceConfigurationError && error.getCause() != null ? error.getCause() : error;
    }
}
