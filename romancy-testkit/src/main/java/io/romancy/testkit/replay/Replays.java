package io.romancy.testkit.replay;

import io.romancy.api.Durable;
import io.romancy.api.WorkflowType;
import io.romancy.engine.config.DatabaseUrl;
import io.romancy.engine.discovery.StorageDiscovery;
import io.romancy.engine.discovery.WorkflowDefinition;
import io.romancy.engine.discovery.WorkflowRegistry;
import io.romancy.spi.ListenNotify;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.model.Route;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.MultipleFailuresError;

/**
 * Replay tests: histories that instances left, kept as JSON beside the tests, are run against today's code of their workflow. A change that
 * running instances could not follow fails the build, and not the first worker that is deployed with it.
 *
 * <p>A check uses no database and runs no body of a step. An instance that has ended must end alike; one that waits must come to where it
 * waits. The path is a file, or a folder in which all {@code *.json} of this workflow and version are checked, at least one.
 */
public final class Replays {
    private Replays() {}

    /** Checks a class that has a constructor without parameters. */
    public static <W extends Durable<?, ?>> void check(Class<W> workflow, Path path) {
        Constructor<W> constructor = constructor(workflow);
        check(workflow, () -> create(constructor), path);
    }

    /** Checks a class whose objects this supplier makes; in an application with Micronaut, the context. */
    public static <W extends Durable<?, ?>> void check(Class<W> workflow, Supplier<? extends W> supplier, Path path) {
        check(WorkflowRegistry.builder().addBean(workflow, supplier).build(), path);
    }

    /** Checks a lambda, or one object for all instances. */
    public static <I extends @Nullable Object, O extends @Nullable Object> void check(
            WorkflowType<I, O> type, Durable<I, O> workflow, Path path) {
        check(WorkflowRegistry.builder().add(type, workflow).build(), path);
    }

    /** Checks what this supplier makes, a new object for each history. */
    public static <I extends @Nullable Object, O extends @Nullable Object> void check(
            WorkflowType<I, O> type, Supplier<? extends Durable<I, O>> supplier, Path path) {
        check(WorkflowRegistry.builder().add(type, supplier).build(), path);
    }

    /** Records an instance of this storage; reads only. */
    public static void record(Storage storage, String id, Path file) {
        RecordedHistory.of(storage, id).write(file);
    }

    /**
     * Records an instance of a database, such as that of production: in the forms that the option {@code database} takes. Reads only; a
     * schema that is not the one of this release is refused, not migrated.
     */
    public static void record(String databaseUrl, String id, Path file) {
        var url = DatabaseUrl.parse("database", databaseUrl);
        var settings = new StorageSettings(
                url.jdbcUrl(),
                url.user(),
                url.password(),
                null,
                false,
                ListenNotify.FALSE,
                null,
                Duration.ofSeconds(60),
                1,
                Map.of());
        try (Storage storage = StorageDiscovery.with(Replays.class.getClassLoader())
                .pick(settings)
                .value()
                .open(settings, new StorageContext("replays", "romancy_"))) {
            record(storage, id, file);
        }
    }

    private static void check(WorkflowRegistry workflows, Path path) {
        Route route = workflows.routes().getFirst();
        WorkflowDefinition definition = workflows.find(route).orElseThrow();
        List<AssertionError> failures = new ArrayList<>();
        Set<String> others = new TreeSet<>();
        int checked = 0;
        for (Path file : files(path)) {
            RecordedHistory history = RecordedHistory.read(file);
            if (!history.route().equals(route)) {
                others.add(history.route().text());
                continue;
            }
            checked++;
            Misfit misfit = new Replay(history, definition, workflows).misfit();
            if (misfit != null) {
                failures.add(failure(file, history, misfit));
            }
        }
        if (checked == 0) {
            throw none(path, route, others);
        }
        if (failures.size() == 1) {
            throw failures.getFirst();
        }
        if (!failures.isEmpty()) {
            throw new MultipleFailuresError(failures.size() + " histories do not fit today's code", failures);
        }
    }

    /** The file, or those of the folder; at least one of this route. */
    private static List<Path> files(Path path) {
        if (!Files.exists(path)) {
            throw new IllegalArgumentException(
                    "There is no recorded history at " + path.toAbsolutePath() + ". Record one with Replays.record.");
        }
        if (!Files.isDirectory(path)) {
            return List.of(path);
        }
        try (Stream<Path> all = Files.walk(path)) {
            return all.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("The folder " + path + " cannot be read.", e);
        }
    }

    private static AssertionError none(Path path, Route route, Set<String> others) {
        return new AssertionFailedError(
                "There is no history of " + route + " at " + path + ", so nothing was checked; there are "
                        + (others.isEmpty() ? "none at all" : "those of " + String.join(", ", others))
                        + ". Record one, or check the class of that version.");
    }

    private static AssertionError failure(Path file, RecordedHistory history, Misfit misfit) {
        return new AssertionFailedError(
                "Instance '" + history.id() + "' of " + history.route() + " (" + file + "): " + misfit.message(),
                misfit.recorded(),
                misfit.found());
    }

    private static <W> Constructor<W> constructor(Class<W> workflow) {
        try {
            Constructor<W> constructor = workflow.getDeclaredConstructor();
            constructor.setAccessible(true);
            return constructor;
        } catch (NoSuchMethodException e) {
            throw new IllegalArgumentException(
                    workflow.getName() + " has no constructor without parameters. Say how to make one: Replays.check("
                            + workflow.getSimpleName() + ".class, () -> .., path).",
                    e);
        }
    }

    private static <W> W create(Constructor<W> constructor) {
        try {
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(
                    constructor.getDeclaringClass().getName() + " cannot be made: "
                            + (e.getCause() == null ? e : e.getCause()),
                    e);
        }
    }
}
