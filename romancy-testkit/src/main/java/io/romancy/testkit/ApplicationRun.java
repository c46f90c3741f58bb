package io.romancy.testkit;

import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;

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
    private final Fleet.Member member;

    private ApplicationRun(Class<?> type, RomancyTest settings) {
        String test = type.getName();
        if (settings.workers() != 1) {
            throw new IllegalArgumentException("@RomancyTest(workers = " + settings.workers()
                    + ") stands beside @MicronautTest on " + test
                    + ", where the application is the only worker. Take one of them away.");
        }
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
        this.fleet = open(database, settings);
        this.member = fleet.expect();
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

    private static Fleet open(TestDatabase database, RomancyTest settings) {
        try {
            return new Fleet(database, List.of(), settings.replayAlways());
        } catch (RuntimeException | Error e) {
            database.close();
            throw e;
        }
    }

    /** Whether Micronaut runs this class, too. */
    static boolean isOf(Class<?> test) {
        return AnnotationSupport.isAnnotated(test, RomancyTest.class)
                && Arrays.stream(test.getAnnotations())
                        .anyMatch(annotation ->
                                annotation.annotationType().getName().equals(MICRONAUT_TEST));
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

    Fleet.Member member() {
        return member;
    }

    /** What the application is configured with, over everything that it says itself. */
    Map<String, String> properties() {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(PROPERTY, test);
        all.put("romancy.database", member.faults.url(database.url()));
        all.put("romancy.workflow-resumption-interval", text(Fleet.LOOK_EVERY));
        all.put("romancy.timer-check-interval", text(Fleet.LOOK_EVERY));
        all.put("romancy.channel-timeout-interval", text(Fleet.LOOK_EVERY));
        all.put("romancy.notify-fallback-interval", text(Fleet.LOOK_EVERY_AT_LEAST));
        all.put("romancy.lease-duration", text(Fleet.LEASE));
        all.put("romancy.lease-renewal", text(Fleet.RENEWAL));
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
