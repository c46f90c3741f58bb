package io.romancy.testkit;

import io.romancy.api.EngineStatus;
import io.romancy.api.Romancy;
import io.romancy.api.RomancyBuilder;
import io.romancy.api.activity.RetryPolicy;
import io.romancy.engine.EngineBuilder;
import io.romancy.spi.Storage;
import io.romancy.spi.StorageContext;
import io.romancy.spi.StorageSettings;
import io.romancy.spi.model.NodeId;
import io.romancy.testkit.fault.Faults;
import io.romancy.testkit.fault.NotificationRules;
import io.romancy.testkit.fault.StorageProviders;
import io.romancy.testkit.record.EngineEvents;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The engines of one test, the database that they share, and a look into it past all of them. Thread-safe. */
final class Fleet implements AutoCloseable {
    static final Duration LOOK_EVERY = Duration.ofMillis(20);
    static final Duration LOOK_EVERY_AT_LEAST = Duration.ofMillis(200);
    static final Duration LEASE = Duration.ofSeconds(3);
    static final Duration RENEWAL = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofMillis(1);
    private static final int CONNECTIONS = 4;

    private final TestDatabase database;
    private final List<Consumer<RomancyBuilder>> setups;
    private final boolean replayAlways;
    private final Storage storage;
    private final List<Member> members = new CopyOnWriteArrayList<>();
    private final EngineEvents events = new EngineEvents();
    private final NotificationRules rules = new NotificationRules();
    private final Stubs stubs = new Stubs();
    private final Crashes crashes = new Crashes();
    private boolean application;

    /** One engine, and what can be done to it. */
    static final class Member {
        final int number;
        final Faults faults;
        private volatile Runnable sweep = () -> {};
        private volatile State state = State.RUNS;
        private volatile @Nullable Romancy romancy;
        private int pauses;

        private enum State {
            RUNS,
            PAUSED,
            STOPPED
        }

        private Member(int number, Faults faults) {
            this.number = number;
            this.faults = faults;
        }

        void opened(Romancy engine) {
            romancy = engine;
        }

        Romancy romancy() {
            Romancy opened = romancy;
            if (opened == null) {
                throw new IllegalStateException("not open yet");
            }
            return opened;
        }

        boolean isOpened() {
            return romancy != null;
        }

        boolean runs() {
            return state == State.RUNS && isOpened() && faults.isAlive();
        }

        /** Returns which of its pauses this is. */
        synchronized int pause() {
            state = State.PAUSED;
            faults.freeze();
            return ++pauses;
        }

        void resume() {
            if (goesOn()) {
                sweep.run();
            }
        }

        /** Ends this pause, unless another one has begun meanwhile. */
        void resume(int pause) {
            boolean goesOn;
            synchronized (this) {
                goesOn = pause == pauses && goesOn();
            }
            if (goesOn) {
                sweep.run();
            }
        }

        private synchronized boolean goesOn() {
            pauses++;
            faults.thaw();
            boolean paused = state == State.PAUSED;
            state = paused ? State.RUNS : state;
            return paused;
        }

        /** Ends what a test did to it, a pause that would end later too. */
        void forget() {
            faults.heal();
            resume();
        }

        /** What is paused goes on first, as a process does that is asked to stop; what is dead only ends its threads. */
        void stop() {
            synchronized (this) {
                goesOn();
                state = State.STOPPED;
            }
            buryIfDead();
            romancy().close();
        }

        /** Before it is closed, or its threads would stand still for good. */
        void buryIfDead() {
            if (isOpened() && !faults.isAlive()) {
                bury();
            }
        }

        /** Lets the calls of a dead engine end once it is closing, when their failures are no news. */
        private void bury() {
            Thread closing = Thread.ofVirtual().name("romancy-testkit-bury").start(romancy()::close);
            while (closing.isAlive() && romancy().status().phase() == EngineStatus.Phase.OPEN) {
                Thread.onSpinWait();
            }
            faults.bury();
        }

        NodeId node() {
            NodeId node = romancy().status().node();
            if (node == null) {
                throw new IllegalStateException("a client has no lease");
            }
            return node;
        }
    }

    Fleet(TestDatabase database, List<Consumer<RomancyBuilder>> setups, boolean replayAlways) {
        this.database = database;
        this.setups = setups;
        this.replayAlways = replayAlways;
        StorageSettings settings = StorageSettings.of(database.url());
        this.storage = StorageProviders.forSettings(settings).open(settings, new StorageContext("testkit", "romancy_"));
    }

    /**
     * The one engine of a test whose application opens it: already known, before it is opened, by the faults that it will be behind. There
     * can be no other then.
     */
    synchronized Member expect() {
        application = true;
        return member();
    }

    /** Puts what a test steers into the builder of an engine. */
    void tap(Member member, EngineBuilder builder) {
        builder.steps(stubs.around(member.number, member.faults, crashes))
                .sweep(ready -> member.sweep = ready)
                .listener(events);
    }

    private Member member() {
        int number = members.size();
        Faults faults = Faults.create("Worker " + number, rules);
        faults.watch(crashes.watch(number, faults));
        var member = new Member(number, faults);
        members.add(member);
        return member;
    }

    /** Opens one more engine; returns its number. */
    synchronized int add() {
        if (application) {
            throw new IllegalStateException("the application of this test is its only worker. Open others by"
                    + " TestRomancy.builder(), in a test without @MicronautTest.");
        }
        Member member = member();
        EngineBuilder builder = new EngineBuilder();
        tap(member, builder);
        builder.database(member.faults.url(database.url()))
                .workerName("worker-" + member.number)
                .notifyFallbackInterval(LOOK_EVERY_AT_LEAST)
                .workflowResumptionInterval(LOOK_EVERY)
                .timerCheckInterval(LOOK_EVERY)
                .channelTimeoutInterval(LOOK_EVERY)
                .outboxInterval(LOOK_EVERY)
                .outboxRetryDelay(SOON)
                .outboxMaxRetryDelay(SOON.multipliedBy(5))
                .leaseDuration(LEASE)
                .leaseRenewal(RENEWAL)
                .defaultRetry(RetryPolicy.defaults().delay(SOON).maxDelay(SOON.multipliedBy(5)))
                .maxParkedWorkflows(replayAlways ? 0 : 10_000)
                .shutdownTimeout(Duration.ofSeconds(10))
                .retention(null)
                .poolSize(CONNECTIONS);
        setups.forEach(setup -> setup.accept(builder));
        try {
            member.romancy = builder.open();
        } catch (RuntimeException | Error e) {
            members.remove(member);
            member.faults.close();
            throw e;
        }
        return member.number;
    }

    /** Lets the next test of the same application begin without what this one did to it. */
    void forget() {
        rules.heal();
        all().forEach(Member::forget);
        stubs.clear();
        crashes.clear();
    }

    Member member(int number) {
        if (number < 0 || number >= members.size()) {
            throw new IllegalArgumentException("there is no worker " + number + ", only 0 to " + (members.size() - 1));
        }
        return members.get(number);
    }

    int size() {
        return members.size();
    }

    /** The first one that neither died nor is paused or stopped. */
    Member first() {
        return running().findFirst().orElseThrow(() -> new IllegalStateException("No worker runs; add another one."));
    }

    Stream<Member> all() {
        return members.stream();
    }

    Stream<Member> running() {
        return members.stream().filter(Member::runs);
    }

    void sweep() {
        running().forEach(member -> member.sweep.run());
    }

    Storage storage() {
        return storage;
    }

    EngineEvents events() {
        return events;
    }

    NotificationRules rules() {
        return rules;
    }

    Stubs stubs() {
        return stubs;
    }

    Crashes crashes() {
        return crashes;
    }

    /** The dead end first, then everything heals, so that the rest can hand over and none leaves threads behind. */
    @Override
    public void close() {
        rules.heal();
        all().forEach(member -> member.faults.heal());
        all().forEach(Member::buryIfDead);
        all().filter(Member::isOpened).forEach(member -> member.romancy().close());
        all().forEach(member -> member.faults.close());
        storage.close();
        database.close();
    }
}
