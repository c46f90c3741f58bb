package io.romancy.testkit;

import io.romancy.api.Romancy;
import io.romancy.engine.EngineBuilder;
import io.romancy.micronaut.FurtherEngines;
import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * One run of a test class with {@link RomancyTest} and {@code @MicronautTest}: a database that is there before the application starts, and
 * the place that its engine will take. Known by the class, because the application is told by other ways than the test. Thread-safe.
 */
final class ApplicationRun implements AutoCloseable {
    /** By it the application knows that this is its test. */
    static final String PROPERTY = "romancy-testkit.run";

    private static final String MICRONAUT_TEST = "io.micronaut.test.extensions.junit5.annotation.MicronautTest";
    private static final Map<String, ApplicationRun> RUNS = new ConcurrentHashMap<>();

    private final String test;
    private final String storage;
    private final RomancyTest settings;
    private final TestDatabase database;
    private final Fleet fleet;

    /** The worker that the test opens beside the application's first, while it does. */
    private volatile @Nullable Member further;

    private volatile @Nullable FurtherEngines engines;

    private ApplicationRun(Class<?> type, RomancyTest settings) {
        String test = type.getName();
        if (settings.storage().length != 1) {
            throw new IllegalArgumentException("@RomancyTest beside @MicronautTest on " + test + " names "
                    + settings.storage().length
                    + " storages, and the application starts once, on one. Name one, and put the tests"
                    + " into a class that others extend for each.");
        }
        refuseSetup(type);
        this.test = test;
        this.storage = settings.storage()[0];
        this.settings = settings;
        this.database = TestDatabase.create(storage);
        this.fleet = open();
        fleet.expect();
    }

    private static void refuseSetup(Class<?> test) {
        List<Method> setups =
                AnnotationSupport.findAnnotatedMethods(test, EngineSetup.class, HierarchyTraversalMode.TOP_DOWN);
        if (!setups.isEmpty()) {
            throw new IllegalArgumentException("@EngineSetup stands on " + test.getName() + "."
                    + setups.getFirst().getName()
                    + " beside @MicronautTest, where the application opens its engine itself, so that nobody would call it."
                    + " Make it a bean of the test that is an EngineCustomizer, or take @MicronautTest away.");
        }
    }

    private Fleet open() {
        try {
            return new Fleet(database, this::openFurther);
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    /** Whether Micronaut runs this class, too. Both annotations may stand on one of the project's own. */
    static boolean isOf(Class<?> test) {
        return AnnotationSupport.isAnnotated(test, RomancyTest.class)
                && ReflectionSupport.tryToLoadClass(MICRONAUT_TEST, test.getClassLoader())
                        .toOptional()
                        .filter(type -> AnnotationSupport.isAnnotated(test, type.asSubclass(Annotation.class)))
                        .isPresent();
    }

    /** The run of this class, begun by whoever asks first: JUnit, or the application. Whoever closes it does so after the application. */
    static ApplicationRun of(Class<?> test) {
        RomancyTest settings =
                AnnotationSupport.findAnnotation(test, RomancyTest.class).orElseThrow();
        return RUNS.computeIfAbsent(test.getName(), name -> new ApplicationRun(test, settings));
    }

    static Optional<ApplicationRun> find(String test) {
        return Optional.ofNullable(RUNS.get(test));
    }

    String storage() {
        return storage;
    }

    Fleet fleet() {
        return fleet;
    }

    /** Puts the means of the test into the builder of the engine that the application opens. */
    void tap(EngineBuilder builder) {
        Member opening = further;
        Member member = opening == null ? fleet.get(0) : opening;
        builder.database(fleet.url(member));
        fleet.tap(member, builder);
    }

    /** The application's own engine is open: its beans get one that stands for it, and for whoever takes its place. */
    Romancy opened(Romancy engine, FurtherEngines more) {
        fleet.get(0).opened(engine);
        engines = more;
        return new ApplicationRomancy(fleet);
    }

    private Romancy openFurther(Fleet fleet, Member member) {
        FurtherEngines opening = engines;
        if (opening == null) {
            throw new IllegalStateException("The application of " + test
                    + " has not opened its engine yet, so that no other can be opened beside it. Start it first.");
        }
        further = member;
        try {
            return opening.open();
        } finally {
            further = null;
        }
    }

    /** As many workers as the test says, alive, and nothing that a test did to them. */
    void restore() {
        fleet.restore(settings.workers());
    }

    /** The test needs its workers now, of which the application opens the first. */
    TestRomancy complete() {
        fleet.running(settings.workers());
        return new TestRomancy(fleet);
    }

    /** What the application is configured with, over everything that it says itself. */
    Map<String, String> properties() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(PROPERTY, test);
        all.put("romancy.database", fleet.url(fleet.get(0)));
        all.put("romancy.workflow-resumption-interval", text(OwnEngines.LOOK_EVERY));
        all.put("romancy.timer-check-interval", text(OwnEngines.LOOK_EVERY));
        all.put("romancy.channel-timeout-interval", text(OwnEngines.LOOK_EVERY));
        all.put("romancy.notify-fallback-interval", text(OwnEngines.LOOK_EVERY_AT_LEAST));
        all.put("romancy.lease-duration", text(OwnEngines.LEASE));
        all.put("romancy.lease-renewal", text(OwnEngines.RENEWAL));
        all.put("romancy.default-retry.delay", "1ms");
        all.put("romancy.default-retry.max-delay", "5ms");
        all.put("romancy.retention", "forever");
        if (settings.replayAlways()) {
            all.put("romancy.max-parked-workflows", "0");
        }
        switch (storage) {
            case "postgres" -> datasource(all, "org.postgresql.Driver");
            case "sqlite" -> {
                datasource(all, "org.sqlite.JDBC");
                // a transaction that begins by reading and goes on to write would be refused beside any other writer
                String driver = "datasources." + settings.datasource() + ".data-source-properties.";
                all.put(driver + "transaction_mode", "IMMEDIATE");
                all.put(driver + "busy_timeout", "20000");
            }
            default -> {}
        }
        return all;
    }

    private void datasource(Map<String, String> all, String driver) {
        String prefix = "datasources." + settings.datasource() + ".";
        all.put(prefix + "url", database.url());
        all.put(prefix + "driver-class-name", driver);
    }

    private static String text(Duration span) {
        return span.toMillis() + "ms";
    }

    @Override
    public void close() {
        RUNS.remove(test, this);
        fleet.close();
    }
}
