package io.romancy.testkit.simulation;

import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.engine.EngineBuilder;
import io.romancy.engine.seam.StepInterceptor;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.model.InstanceInfo;
import io.romancy.spi.model.InstanceQuery;
import io.romancy.spi.model.InstanceStatus;
import io.romancy.testkit.fault.GatedStorage;
import io.romancy.testkit.memory.MemoryDatabase;
import io.romancy.testkit.memory.MemoryStorageProvider;
import java.io.IOException;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** The machines of one simulation, the database that they share, and the settings with which the seed lets them run. */
final class Surroundings implements AutoCloseable {
    static final Instant BEGIN = Instant.parse("2030-01-01T00:00:00Z");

    private static final int PAGE = 1000;
    private static final AtomicLong DATABASES = new AtomicLong();
    private static final long SHORT_STEP = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long LONG_STEP = TimeUnit.SECONDS.toNanos(4);

    private final Scheduler scheduler;
    private final SplittableRandom dice;
    private final Trace trace;
    private final Ledger ledger = new Ledger();
    private final EventLedger events = new EventLedger();
    private final SimulatedBells bells = new SimulatedBells();
    private final List<Machine> machines = new ArrayList<>();
    private final List<Consumer<RomancyBuilder>> setups;
    private final UnaryOperator<Storage> storages;
    private final MemoryDatabase database;
    private final Storage storage;
    private final Settings settings;
    private final ClassLoader classes =
            new WithoutServices(Thread.currentThread().getContextClassLoader());

    Surroundings(
            Scheduler scheduler,
            SplittableRandom dice,
            Trace trace,
            List<Consumer<RomancyBuilder>> setups,
            UnaryOperator<Storage> storages) {
        this.scheduler = scheduler;
        this.dice = dice;
        this.trace = trace;
        this.setups = setups;
        this.storages = storages;
        this.settings = Settings.of(dice);
        this.database = MemoryDatabase.create(
                "simulation-" + DATABASES.incrementAndGet(), () -> BEGIN.plusNanos(scheduler.now()));
        this.storage = open();
    }

    /** Finds classes, and no plugin: what the simulation does not know it cannot repeat. */
    private static final class WithoutServices extends ClassLoader {
        private WithoutServices(ClassLoader parent) {
            super(parent);
        }

        @Override
        public Enumeration<URL> getResources(String name) throws IOException {
            return name.startsWith("META-INF/services/io.romancy.")
                    ? Collections.emptyEnumeration()
                    : super.getResources(name);
        }
    }

    private Storage open() {
        var url = StorageSettings.of(database.url() + (settings.notifies() ? "?notify=true" : ""));
        return new MemoryStorageProvider().open(url, new StorageContext("simulation", "romancy_"));
    }

    /** The database past all machines and all that happens to them. */
    Storage storage() {
        return storage;
    }

    /** All instances of these states, or all. */
    List<InstanceInfo> instances(Set<InstanceStatus> statuses) {
        List<InstanceInfo> all = new ArrayList<>();
        List<InstanceInfo> page;
        long before = Long.MAX_VALUE;
        do {
            page = storage.instances().list(new InstanceQuery(null, statuses, null, before, PAGE));
            all.addAll(page);
            before = page.isEmpty() ? before : page.getLast().run();
        } while (page.size() == PAGE);
        return all;
    }

    MemoryDatabase database() {
        return database;
    }

    Ledger ledger() {
        return ledger;
    }

    EventLedger events() {
        return events;
    }

    Settings settings() {
        return settings;
    }

    List<Machine> machines() {
        return machines;
    }

    List<Machine> living() {
        return machines.stream().filter(Machine::lives).toList();
    }

    List<Machine> serving() {
        return machines.stream().filter(Machine::serves).toList();
    }

    /** A new machine, which begins to work as soon as it can. */
    Machine boot() {
        var process = new SimulatedProcess(scheduler, "worker-" + machines.size());
        var machine = new Machine(scheduler, process, new Weather(), this::open);
        machines.add(machine);
        machine.boot();
        return machine;
    }

    /** The process dies, and the database ends the transactions of its connections. */
    void kill(Machine machine) {
        machine.process().dies();
        machine.process().transactions().forEach(database::lose);
    }

    /** The engine in whose process the calling thread moves. */
    Romancy here() {
        SimulatedProcess process = scheduler.current().process();
        for (Machine machine : machines) {
            if (machine.process().equals(process)) {
                return machine.opened();
            }
        }
        throw new IllegalStateException(
                "Thread " + scheduler.current() + " belongs to no worker; ask a client for one");
    }

    private Romancy open(Machine machine) {
        SimulatedProcess process = machine.process();
        var environment = new SimulatedEnvironment(scheduler, process, dice.split(), dice.nextLong() >> 2);
        var calls = new SimulatedCalls(scheduler, process, machine.weather(), dice.split(), trace);
        SimulatedSource source = settings.notifies()
                ? new SimulatedSource(environment, bells, calls, machine.weather(), dice.split(), trace)
                : null;
        if (source != null) {
            machine.hasSource(source);
        }
        var builder = new EngineBuilder()
                .environment(environment)
                .steps(steps(machine))
                .storage(new OneStorage(() -> new GatedStorage(
                        new Witness(storages.apply(open()), process, ledger, events, trace, scheduler), calls, source)))
                .observer(new Publishing(process, events, trace, scheduler))
                .sweep(machine::hasSweep);
        settings.apply(builder);
        builder.database(database.url())
                .workerName(process.name())
                .classLoader(classes)
                .retention(null)
                .defaultRetry(
                        RetryPolicy.defaults().delay(Duration.ofMillis(50)).maxDelay(Duration.ofSeconds(1)))
                .listener(trace.of(process))
                .listener(event -> scheduler.pause());
        setups.forEach(setup -> setup.accept(builder));
        return builder.open();
    }

    /** A step takes time, a long one now and then, and others come between its effect and its record. */
    private StepInterceptor steps(Machine machine) {
        return (name, step, attempt, body) -> {
            takeTime();
            trace.happened(machine.name(), new Step(attempt.workflowId(), name, attempt.attempt()));
            Object result = body.call();
            takeTime();
            return result;
        };
    }

    private record Step(String workflow, String name, int attempt) {
        @Override
        public String toString() {
            return "runs step " + name + " of " + workflow + ", attempt " + attempt;
        }
    }

    private void takeTime() {
        switch (dice.nextInt(20)) {
            case 0 -> scheduler.sleep(dice.nextLong(LONG_STEP));
            case 1, 2, 3, 4 -> scheduler.sleep(dice.nextLong(SHORT_STEP));
            default -> scheduler.pause();
        }
    }

    @Override
    public void close() {
        storage.close();
        database.close();
    }
}
